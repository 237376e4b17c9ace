using System;
using System.Collections.Generic;
using System.Globalization;
using Cnn.Reference;
using ZooExample;

namespace Cnn.NativeCheck;

/// <summary>Holds the compiled networks to the library's scalar reference, in inference and in training.</summary>
internal static class ZooCheck
{
    private const double Precise = 1e-5;
    private const double Fast = 1e-4;
    private const double Move = 1e-3;

    private const int Batch = 2;
    private const int Steps = 2;
    private const float Rate = 0.01f;

    /// <summary>Terms that cancel leave rounding: a tensor's scale is at least this part of the network's.</summary>
    private const double Cancelled = 1e-2;

    /// <summary>Checks everything and prints how far off each network is.</summary>
    /// <returns>False where a result is too far from the reference.</returns>
    public static bool All()
    {
        var good = Inference<LeNet5>(References.LeNet5(), Precise);
        good &= Inference<ResNet8>(References.ResNet8(), Fast);
        good &= Inference<DsCnn>(References.DsCnn(), Precise);
        good &= Inference<MobileNetV1>(References.MobileNetV1(), Precise);
        good &= Training<LeNet5>(References.LeNet5());
        good &= Training<ResNet8>(References.ResNet8());
        return good;
    }

    private static bool Inference<TNetwork>(ReferenceNetwork reference, double tolerance)
        where TNetwork : class, INetwork<TNetwork>
    {
        var network = Create<TNetwork>(reference);
        var input = Numbers(TNetwork.InputLength, seed: 2);
        var output = new float[TNetwork.OutputLength];
        NetworkRunner.Forward<TNetwork>(network.InferenceWeights, input, output);
        var expected = reference.Forward(input);
        return Report<TNetwork>("one inference", Error(expected, output, Largest(expected)), tolerance);
    }

    private static bool Training<TNetwork>(ReferenceNetwork reference)
        where TNetwork : class, INetwork<TNetwork>
    {
        var network = Create<TNetwork>(reference);
        var inputs = Numbers(Batch * TNetwork.InputLength, seed: 3);
        var labels = new int[Batch];
        for (var n = 0; n < Batch; n++)
            labels[n] = n % TNetwork.OutputLength;

        var before = Tensors(network);
        var losses = 0.0;
        using var trainer = new Trainer<TNetwork>(network, new Sgd(Rate), threads: 1);
        for (var step = 0; step < Steps; step++)
        {
            var expected = reference.MeanGradients(inputs, labels);
            losses = Math.Max(losses, Math.Abs(trainer.Step(inputs, labels) - expected.Loss) / expected.Loss);
            foreach (var (name, gradient) in expected.Parameters)
            {
                var values = reference[name];
                for (var i = 0; i < values.Length; i++)
                    values[i] = (float)(values[i] - (Rate * gradient[i]));
            }

            reference.TakeBuffers(expected);
        }

        var good = Report<TNetwork>($"the losses of {Steps} steps", losses, Move);
        return Report<TNetwork>($"the way of the weights in {Steps} steps", MoveError(before, Tensors(network), reference), Move) && good;
    }

    /// <summary>A network and its reference with the same random weights and running averages.</summary>
    private static TNetwork Create<TNetwork>(ReferenceNetwork reference)
        where TNetwork : class, INetwork<TNetwork>
    {
        var network = TNetwork.CreateZeroed();
        var seed = 100UL;
        foreach (var tensor in TNetwork.Parameters)
        {
            var values = reference[tensor.Name];
            var numbers = Numbers(values.Length, seed++);
            var bound = tensor.FanIn == 0 ? 0.1f : MathF.Sqrt(3f / tensor.FanIn);
            for (var i = 0; i < values.Length; i++)
                values[i] = tensor.Start + (numbers[i] * bound);
            tensor.Pack(values, network.Weights);
        }

        network.WeightsChanged();
        return network;
    }

    /// <summary>Numbers between -1 and 1.</summary>
    private static float[] Numbers(int length, ulong seed)
    {
        var random = new Rng(seed);
        var values = new float[length];
        for (var i = 0; i < length; i++)
            values[i] = (2 * random.NextFloat()) - 1;
        return values;
    }

    private static Dictionary<string, float[]> Tensors<TNetwork>(TNetwork network)
        where TNetwork : class, INetwork<TNetwork>
    {
        var tensors = new Dictionary<string, float[]>();
        foreach (var tensor in TNetwork.Parameters)
        {
            var values = tensors[tensor.Name] = new float[tensor.Length];
            tensor.Unpack(network.Weights, values);
        }

        return tensors;
    }

    /// <summary>The largest error of a weight's way, relative to the longest of its tensor.</summary>
    private static double MoveError(Dictionary<string, float[]> before, Dictionary<string, float[]> after, ReferenceNetwork reference)
    {
        var moves = new List<(double[] Expected, float[] Actual)>();
        var longest = 0.0;
        foreach (var (name, start) in before)
        {
            var expected = new double[start.Length];
            var actual = new float[start.Length];
            for (var i = 0; i < start.Length; i++)
                (expected[i], actual[i]) = (reference[name][i] - start[i], after[name][i] - start[i]);
            moves.Add((expected, actual));
            longest = Math.Max(longest, Largest(expected));
        }

        var error = 0.0;
        foreach (var (expected, actual) in moves)
            error = Math.Max(error, Error(expected, actual, Math.Max(Largest(expected), Cancelled * longest)));
        return error;
    }

    private static double Largest(double[] values)
    {
        var largest = 0.0;
        foreach (var value in values)
            largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }

    private static double Error(double[] expected, float[] actual, double scale)
    {
        var error = 0.0;
        for (var i = 0; i < expected.Length; i++)
        {
            var difference = Math.Abs(expected[i] - actual[i]) / scale;
            error = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(error, difference);
        }

        return error;
    }

    private static bool Report<TNetwork>(string what, double error, double tolerance)
    {
        var good = error <= tolerance;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{typeof(TNetwork).Name}: {what}, off by {error:E1} of {tolerance:E0}{(good ? "" : ": too far")}"));
        return good;
    }
}
