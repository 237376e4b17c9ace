using System;
using System.Collections.Generic;
using ZooExample;

namespace Cnn.Benchmarks.Zoo;

/// <summary>A network of the zoo, its type forgotten.</summary>
/// <param name="Name">The name of its class.</param>
/// <param name="Summary">Its table of layers.</param>
/// <param name="Load">From a file of weights to its forward pass.</param>
internal sealed record ZooNetwork(string Name, NetworkSummary Summary, Func<string, Action<float[], float[]>> Load)
{
    /// <summary>Gets all, the smallest first.</summary>
    public static IReadOnlyList<ZooNetwork> All { get; } =
    [
        Of<LeNet5>(path => LeNet5.Load(path).Forward),
        Of<ResNet8>(path => ResNet8.Load(path).Forward),
        Of<DsCnn>(path => DsCnn.Load(path).Forward),
        Of<MobileNetV1>(path => MobileNetV1.Load(path).Forward),
        Of<Autoencoder>(path => Autoencoder.Load(path).Forward),
        Of<UNet>(path => UNet.Load(path).Forward),
        Of<SqueezeNet>(path => SqueezeNet.Load(path).Forward),
        Of<MobileNetV2>(path => MobileNetV2.Load(path).Forward),
        Of<ResNet18>(path => ResNet18.Load(path).Forward),
        Of<ResNet50>(path => ResNet50.Load(path).Forward),
    ];

    private delegate void ForwardCall(ReadOnlySpan<float> input, Span<float> output);

    private static ZooNetwork Of<TNetwork>(Func<string, ForwardCall> load)
        where TNetwork : class, INetwork<TNetwork> =>
        new(typeof(TNetwork).Name, TNetwork.Summary, path =>
        {
            var forward = load(path);
            return (input, output) => forward(input, output);
        });
}
