using System;
using System.Linq;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>Inferences that threads share give the bits of one thread, and allocate nothing.</summary>
public sealed class SharedInferenceTests
{
    /// <summary>Every kernel that can be shared, on sizes that no tile divides; Winograd's in few bands and in many.</summary>
    private const string Source = """
        using Cnn;

        [Input(45, 39, 3, Numerics = Numerics.Fast, Scale = 0.01f)]
        [Conv(32, 3, Stride = 1, Padding = 1), BatchNorm, Relu(Name = "stem")]
        [Conv(32, 3, Padding = 1), Relu]
        [Conv(32, 3, Padding = 1)]
        [Add("stem"), Silu]
        [DepthwiseConv(3, Padding = 1), Relu6]
        [Conv(40, 1)]
        [MaxPool(2)]
        [Conv(40, 3, Padding = 1, Groups = 4), Relu]
        [Conv(48, 3, Stride = 2, Padding = 1), Relu(Name = "deep")]
        [Conv(256, 3, Padding = 1), Relu]
        [Conv(48, 1)]
        [Concat("deep")]
        [ConvTranspose(24, 2, Stride = 2)]
        [AvgPool(3)]
        [Flatten]
        [Dense(70), Relu]
        [Dense(10), Softmax]
        public partial class Net;
        """;

    private static readonly Lazy<NetworkBatch> Batch = new(() => NetworkBatch.Compile(Source, share: true));

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        var network = Batch.Value.Create("Net");
        var random = new Random(1);
        var input = Enumerable.Range(0, network.InputLength).Select(_ => random.NextSingle()).ToArray();
        var limit = InferenceThreads.Limit;
        try
        {
            InferenceThreads.Limit = 1;
            var alone = new float[network.OutputLength];
            network.Forward(input, alone);
            var output = new float[network.OutputLength];
            for (var round = 0; round < 200; round++)
            {
                InferenceThreads.Limit = 2 + (round % 4);
                network.Forward(input, output);
                Assert.Equal(alone, output);
                Assert.Equal(Array.IndexOf(alone, alone.Max()), network.Predict(input));
            }
        }
        finally
        {
            InferenceThreads.Limit = limit;
        }
    }

    /// <summary>Pixels are shared in bands of all channels: else threads would wait for each other after each block of channels.</summary>
    [Fact]
    public void Threads_wait_for_each_other_once_a_convolution()
    {
        var generated = Batch.Value.Generated;
        Assert.Matches(@"foreach \(int band in turns\.Of\(\d+\)\)\n +for \(int block", generated);
        Assert.DoesNotMatch(@"for \(int block [^\n]+\n *(for [^\n]+\n *)?foreach \(int \w+ in turns", generated);
    }

    [Fact]
    public void A_border_is_filled_beside_the_step_that_it_surrounds()
    {
        Assert.Matches(@"\n +if \(turns\.Beside\(\)\) \w+Border\w*\(ref", Batch.Value.Generated);
        Assert.DoesNotMatch(@"turns\.Of\(1\)\) \w+Border\w*\(", Batch.Value.Generated);
    }

    [Fact]
    public void A_shared_call_allocates_nothing()
    {
        var network = Batch.Value.Create("Net");
        var (input, output) = (new float[network.InputLength], new float[network.OutputLength]);
        Allocation.AssertNone(() => network.Forward(input, output));
    }

    [Fact]
    public void Only_a_large_network_is_shared_unless_the_project_says_otherwise()
    {
        Assert.Contains("IsShared => true", Batch.Value.Generated, StringComparison.Ordinal);
        Assert.Contains("IsShared => true", NetworkBatch.Compile(Source).Generated, StringComparison.Ordinal);
        var small = NetworkBatch.Compile("using Cnn; [Input(8, 8, 1), Conv(4, 3), Relu, Flatten, Dense(2)] public partial class Small;").Generated;
        Assert.DoesNotContain("Turns turns", small, StringComparison.Ordinal);
    }
}
