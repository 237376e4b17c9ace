using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Cnn.Generator.Tests.EndToEnd;
using Xunit;

namespace Cnn.Generator.Tests.Emission;

/// <summary>
/// Above 60,000 bytes of IL, 20,000 instructions, 2,000 local variables or 2,000 blocks the JIT compiles a method without
/// optimisation, and much earlier it stops tracking variables in registers; so the budget here is far below.
/// </summary>
public sealed class JitLimitTests
{
    private const int MostBytes = 60_000;
    private const int MostInstructions = 20_000;
    private const int MostLocals = 2_000;
    private const int MostReferences = 4_000;
    private const int MostMultiplyAdds = 300;

    /// <summary>Shapes at the edges of what the kernels unroll: wide windows, many filters, odd remainders.</summary>
    private const string Extremes = """
        using Cnn;

        namespace Sizes;

        [Input(40, 40, 3)]
        [Conv(40, 11, Padding = 5), Relu, MaxPool(3, Stride = 2, Padding = 1)]
        [Conv(37, 7, 9, Padding = 4), Tanh, AvgPool(2)]
        [Conv(3, 5, Padding = Padding.Same), Sigmoid]
        [Flatten, Dense(250), Relu, Dense(130), Tanh, Dense(17), Softmax]
        public partial class Wide;

        [Input(17, 31, 16, Layout = Layout.Chw)]
        [Conv(5, 7, Padding = 3), LeakyRelu, MaxPool(2)]
        [Conv(2, 1, 15, Padding = 7), Relu]
        [Conv(64, 3, Stride = 2, Padding = 1), Relu, AvgPool(7, Stride = 1, Padding = 3)]
        [Flatten, Dense(1000)]
        public partial class Narrow;

        """;

    private static readonly Lazy<List<MethodSize>> Sizes = new(Measure);

    [Fact]
    public void No_generated_method_passes_the_limits_of_the_JIT()
    {
        Assert.True(Sizes.Value.Count > 500, $"Only {Sizes.Value.Count} methods were found.");
        Assert.All(Sizes.Value, size => Assert.InRange(size.Bytes, 1, MostBytes - 1));
        Assert.All(Sizes.Value, size => Assert.InRange(size.Instructions, 1, MostInstructions - 1));
        Assert.All(Sizes.Value, size => Assert.InRange(size.Locals, 0, MostLocals - 1));
    }

    [Fact]
    public void No_generated_method_passes_the_budget_of_the_kernels()
    {
        var beyond = Sizes.Value.Where(size => size.References > MostReferences || size.MultiplyAdds > MostMultiplyAdds);

        Assert.Equal([], beyond.Select(size => size.ToString()));
        Assert.Contains(Sizes.Value, size => size.MultiplyAdds > 10);
        Assert.Contains(Sizes.Value, size => size.References > 100);
    }

    private static List<MethodSize> Measure()
    {
        var source = new StringBuilder(Extremes);
        var genes = RandomArchitectures.Draw(100, 30);
        for (var i = 0; i < genes.Count; i++)
            source.Append(genes[i].Express().Declaration("Network" + i)).Append('\n');
        var assembly = NetworkBatch.Compile(source.ToString()).Assembly;
        var networks = assembly.GetTypes().Where(type => type.Namespace == "Sizes" && !type.IsNested)
            .Append(SharedNetworks.LeNet5().Instance.GetType())
            .Append(SharedNetworks.Lecture().Instance.GetType());
        return [.. networks.SelectMany(GeneratedMethods.Of).Select(GeneratedMethods.Measure)];
    }
}
