using System;
using System.Linq;
using Cnn.Generator.Kernels;
using Cnn.Generator.Tests.Support;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>Samples that are computed together give the bits of each by itself, at every vector width and for any number of them.</summary>
[Trait("Category", "Numerics")]
public sealed class BatchInferenceTests
{
    private const string Source = """
        using Cnn;

        // The border and the transformed kernels serve all samples.
        [Input(32, 32, 1, Layout = Layout.Chw), Conv(6, 5, Padding = 2), Relu, MaxPool(2), Conv(16, 5), Relu, MaxPool(2)]
        [Flatten, Dense(120), Relu, Dense(84), Relu, Dense(10), Softmax]
        public partial class Classifier;

        // Products read the caller's inputs, each other, and write the caller's outputs.
        [Input(320), Dense(130), Relu, Dense(126), Tanh, Dense(321)]
        public partial class Vectors;

        // A product between volumes, with a border in front of it and behind; what leaves first is read again behind the product.
        [Input(6, 5, 8), Conv(8, 3, Padding = 1), Relu(Name = "kept"), Flatten, Dense(240, Bias = false), Gelu, Reshape(6, 5, 8)]
        [Conv(8, 3, Padding = 1), Add("kept"), Flatten, Dense(200)]
        [Output("kept")]
        public partial class Between;

        // A product whose result two layers read, of a width that leaves part of a vector over.
        [Input(9, 9, 3), Conv(8, 3), Relu, Flatten, Dense(113), Relu(Name = "wide"), Dense(40), Relu, Dense(113), Add("wide"), Dense(5), Softmax]
        public partial class Residual;

        // Weights in blocks: one that leaves a part of the last block empty, and one whose result the caller gets.
        [Input(8, 8, 2), Conv(8, 3, Padding = 1), BatchNorm, Flatten, Dense(561), Relu, Dense(785)]
        public partial class Blocks;
        """;

    private static readonly Lazy<NetworkBatch> Batch = new(() => NetworkBatch.Compile(Source));

    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (var name in new[] { "Classifier", "Vectors", "Between", "Residual", "Blocks" })
            {
                foreach (var bits in NetworkBatch.Widths)
                    cases.Add(name, bits);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Any_number_of_samples_gives_the_bits_of_each_alone(string name, int bits)
    {
        Batch.Value.Bits = bits;
        var network = Batch.Value.Create(name);
        var inputs = Drawn(network, 61);
        var alone = network.ForwardEach(inputs);
        Assert.Equal(5, Batch.Value.Generated.Split("internal static void RunBatch(").Length - 1);

        foreach (var samples in new[] { 1, 2, 3, 5, 6, 7, 13, 23, 24, 25, 48, 61 })
        {
            for (var threads = 1; threads <= 3; threads++)
            {
                var outputs = new float[samples * network.OutputLength];
                network.ForwardBatch(inputs.AsSpan(0, samples * network.InputLength), outputs, threads);
                Assert.Equal(alone[..outputs.Length], outputs);
            }
        }
    }

    [Theory]
    [InlineData("Classifier")]
    [InlineData("Vectors")]
    public void It_allocates_nothing(string name)
    {
        var network = Batch.Value.Create(name);
        var inputs = Drawn(network, 30);
        var outputs = new float[30 * network.OutputLength];

        Allocation.AssertNone(() => network.ForwardBatch(inputs, outputs, 1));
        Allocation.AssertNone(() => network.ForwardBatch(inputs, outputs, 2));
    }

    /// <summary>Weights are large from 64 KB on; sums that several registers share for their latency would round otherwise.</summary>
    [Theory]
    [InlineData("Dense(128)", true)]
    [InlineData("Dense(127), Relu", true)]
    [InlineData("Dense(112)", false)]
    [InlineData("Dense(96), Dense(64)", false)]
    [InlineData("Dense(10), Dense(1640)", true)]
    [InlineData("Reshape(8, 8, 2), Conv(8, 3, Padding = 1), Relu", false)]
    public void Large_dense_layers_are_products(string layers, bool isProduct)
    {
        var compiled = CompilerPipeline.Lower(Declarations.Network($"using Cnn; [Input(128), {layers}] public partial class Network;"));

        Assert.Equal(isProduct, compiled.Batch?.Program.Steps.Any(step => step.Step.Kernel is DenseBatchKernel) ?? false);
    }

    /// <summary>Wide rows of many samples would leave the cache: then fewer go together, whole tiles still.</summary>
    [Theory]
    [InlineData(120, 24)]
    [InlineData(16_000, 12)]
    [InlineData(100_000, 6)]
    public void The_samples_of_a_pass_take_no_more_than_a_megabyte_or_so(int outputs, int samples)
    {
        var compiled = CompilerPipeline.Lower(Declarations.Network(
            $"using Cnn; [Input(200), Dense({outputs}), Relu, Dense(8)] public partial class Network;"));

        Assert.Equal(samples, compiled.Batch!.Program.Samples);
    }

    /// <summary>
    /// A volume that is read again after a product exists once per sample: of eight million floats or more one is enough.
    /// </summary>
    [Theory]
    [InlineData(2000, true)]
    [InlineData(3000, false)]
    public void Large_samples_stay_alone(int size, bool isBatch)
    {
        var compiled = CompilerPipeline.Lower(Declarations.Network(
            $"using Cnn; [Input({size}, {size}, 1), Conv(1, 1), Relu(Name = \"kept\"), GlobalAvgPool, Flatten, Dense(200), Dense(130), Output(\"kept\")] public partial class Network;"));

        Assert.False(compiled.Inference.IsShared);
        Assert.Equal(isBatch, compiled.Batch is not null);
    }

    private static float[] Drawn(LoadedNetwork network, int samples)
    {
        var random = new Random(samples);
        network.SetParameters(parameter => [.. Enumerable.Range(0, parameter.Length).Select(_ => (random.NextSingle() - 0.5f) * 0.3f)]);
        return [.. Enumerable.Range(0, samples * network.InputLength).Select(_ => (random.NextSingle() * 2) - 1)];
    }
}
