using System;
using System.Collections.Generic;
using ZooExample;

namespace Cnn.Benchmarks.Zoo;

/// <summary>A network of the zoo, its type forgotten.</summary>
/// <param name="Name">The name of its class.</param>
/// <param name="Summary">Its table of layers.</param>
/// <param name="Load">From a file of weights to an instance.</param>
/// <param name="IsShared">Whether threads share one inference.</param>
internal sealed record ZooNetwork(string Name, NetworkSummary Summary, Func<string, ZooInstance> Load, bool IsShared)
{
    /// <summary>Gets all, the smallest first.</summary>
    public static IReadOnlyList<ZooNetwork> All { get; } =
    [
        Of(LeNet5.Load, network => network.Forward),
        Of(ResNet8.Load, network => network.Forward),
        Of(DsCnn.Load, network => network.Forward),
        Of(MobileNetV1.Load, network => network.Forward),
        Of(Autoencoder.Load, network => network.Forward),
        Of(UNet.Load, network => network.Forward),
        Of(SqueezeNet.Load, network => network.Forward),
        Of(MobileNetV2.Load, network => network.Forward),
        Of(ResNet18.Load, network => network.Forward),
        Of(ResNet50.Load, network => network.Forward),
    ];

    private delegate void ForwardCall(ReadOnlySpan<float> input, Span<float> output);

    private static ZooNetwork Of<TNetwork>(Func<string, TNetwork> load, Func<TNetwork, ForwardCall> forwardOf)
        where TNetwork : class, INetwork<TNetwork> =>
        new(
            typeof(TNetwork).Name,
            TNetwork.Summary,
            path =>
            {
                var network = load(path);
                var forward = forwardOf(network);
                return new ZooInstance((input, output) => forward(input, output), network.InferenceWeights.ToArray());
            },
            TNetwork.IsShared);
}

/// <summary>An instance with weights.</summary>
/// <param name="Forward">Its forward pass.</param>
/// <param name="InferenceWeights">The weights with which it computes, in the order of its kernels.</param>
internal sealed record ZooInstance(Action<float[], float[]> Forward, float[] InferenceWeights);
