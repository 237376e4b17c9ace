using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Xunit;

namespace Cnn.Tests.Training;

public sealed class WeightUpdateTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_weight_of_a_large_network_gets_the_sum_of_all_shards_once(int threads)
    {
        const int Samples = 6;
        var network = new WideNetwork();
        using var trainer = new Trainer<WideNetwork>(network, new Sgd(1), new MeanSquaredError(), threads);
        for (var step = 1; step <= 2; step++)
        {
            trainer.Step(new float[Samples], new float[Samples]);

            // Small whole numbers, so the sums are exact in any order.
            Assert.Equal(Enumerable.Range(0, WideNetwork.WeightsLength).Select(i => -(i % 7f) * Samples * step), network.Weights.ToArray());
        }
    }

    /// <summary>A network of many weights; the gradient of weight i is i mod 7 for each sample, whatever the loss says.</summary>
    private sealed class WideNetwork : INetwork<WideNetwork>
    {
        private readonly float[] _weights = new float[WeightsLength];

        public static int InputLength => 1;

        public static int OutputLength => 1;

        public static int ArenaBytes => 0;

        public static NetworkSummary Summary { get; } = new(nameof(WideNetwork), [], 0);

        public static IReadOnlyList<ParameterTensor> Parameters => [];

        // A prime, so that blocks and vectors leave a remainder.
        public static int WeightsLength => 150_001;

        public static TrainingPlan Training => new(0, 3, 1, 2, false);

        public Span<float> Weights => _weights;

        public static WideNetwork CreateZeroed() => new();

        public static void Run(ref float weights, ref float input, ref float output, ref float arena) => output = 0;

        public static void TrainForward(ref float weights, ref float workspace, int capacity, int count, ulong seed)
        {
        }

        public static void TrainBackward(
            ref float weights,
            ref float gradients,
            ref float workspace,
            int capacity,
            int count,
            ulong seed)
        {
            for (var i = 0; i < WeightsLength; i++)
                Unsafe.Add(ref gradients, i) += i % 7 * count;
        }
    }
}
