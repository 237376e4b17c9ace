using System;
using System.Linq;
using System.Threading;
using Cnn.Generator.Parsing;
using Cnn.Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cnn.Generator.Tests.Growth;

/// <summary>
/// The compiler's allocations grow with the number of layers, not with its square: counted in bytes, which no load disturbs.
/// </summary>
public sealed class GrowthTests
{
    private const int Few = 100;

    private const int Many = 800;

    /// <summary>
    /// Many are eight times as many as Few. A part that is the same for every network lowers the ratio; names that get a digit more and
    /// tables that double raise it, by less than a tenth. With the square of the layers it would be 20 and more.
    /// </summary>
    private const double Most = 8 * 1.1;

    [Theory]
    [InlineData("convolutions and activations")]
    [InlineData("activations")]
    [InlineData("two activations in turn")]
    [InlineData("dense layers")]
    [InlineData("normalised convolutions")]
    [InlineData("poolings before activations")]
    [InlineData("activations before poolings")]
    [InlineData("dropouts")]
    [InlineData("residual blocks")]
    [InlineData("one block repeated")]
    [InlineData("blocks within a block repeated")]
    [InlineData("convolutions joined by one concatenation")]
    [InlineData("one value concatenated with itself")]
    [InlineData("concatenations of two")]
    [InlineData("one value added to each")]
    [InlineData("outputs")]
    [InlineData("large dense layers in a batch")]
    [InlineData("names that nobody bears")]
    [InlineData("faulty arguments")]
    [InlineData("a budget that nothing meets")]
    public void What_a_network_costs_the_compiler_grows_with_its_layers(string kind)
    {
        // The first compilation pays for what is made once in a process.
        Allocated(kind, Few);
        var (few, many) = (Allocated(kind, Few), Allocated(kind, Many));
        Assert.True(many < Most * few, $"{Few} layers take {few:N0} bytes, {Many} take {many:N0}: {(double)many / few:F1} times as many.");
    }

    [Theory]
    [InlineData("one value concatenated with itself")]
    [InlineData("convolutions joined by one concatenation")]
    [InlineData("activations")]
    [InlineData("convolutions before activations")]
    public void What_is_printed_grows_with_the_layers(string kind)
    {
        var (few, many) = (Printed(kind, Few), Printed(kind, Many));
        Assert.True(many < Most * few, $"{Few} layers are {few:N0} characters, {Many} are {many:N0}.");
    }

    private static long Printed(string kind, int layers) =>
        CompilerPipeline.Compile(Declarations.Parse(Source(kind, layers)), CancellationToken.None).File!.Source.Length;

    /// <summary>The bytes that reading and compiling a class take, without those of the C# compiler.</summary>
    private static long Allocated(string kind, int layers)
    {
        var compilation = Harness.Compilation(true, Harness.Parse(Source(kind, layers)));
        foreach (var type in compilation.Assembly.GlobalNamespace.GetTypeMembers())
            Assert.All(type.GetAttributes(), attribute => Assert.NotNull(attribute.AttributeClass));
        var network = compilation.Assembly.GetTypeByMetadataName("Net")!;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var parsed = DeclarationParser.Parse(network, null, lookForMembers: true, CancellationToken.None)!;
        var result = CompilerPipeline.Compile(parsed.Declaration, CancellationToken.None);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(kind is not ("names that nobody bears" or "faulty arguments" or "a budget that nothing meets"), result.Errors.Count == 0);
        return bytes;
    }

    private static string Source(string kind, int layers)
    {
        string Each(int count, Func<int, string> attributes) => string.Concat(Enumerable.Range(0, count).Select(i => "[" + attributes(i) + "]\n"));
        var (attributes, others) = kind switch
        {
            "convolutions and activations" => (Each(layers / 2, _ => "Conv(4, 3, Padding = 1), Relu"), ""),
            "activations" => (Each(layers, _ => "Relu"), ""),
            "two activations in turn" => (Each(layers / 2, _ => "Sigmoid, Tanh"), ""),
            "dense layers" => ("[Flatten]" + Each(layers / 2, _ => "Dense(8), Relu"), ""),
            "normalised convolutions" => (Each(layers / 4, _ => "Conv(4, 3, Padding = 1), BatchNorm, Relu, Dropout(0.1)"), ""),
            "poolings before activations" => (Each(layers / 2, _ => "MaxPool(3, Stride = 1, Padding = 1), Relu"), ""),
            "activations before poolings" => (Each(layers / 2, _ => "Relu, MaxPool(3, Stride = 1, Padding = 1)"), ""),
            "dropouts" => ("[Conv(4, 3)]" + Each(layers, _ => "Dropout(0.1)"), ""),
            "residual blocks" => ("[Conv(8, 1)]" + Each(layers / 4, _ => "Residual(typeof(Body))"), "[Conv(8, 3, Padding = 1), Relu, Conv(8, 3, Padding = 1)] class Body;"),
            "one block repeated" => ($"[Block(typeof(Body), Repeat = {layers / 2})]", "[Conv(4, 3, Padding = 1), Relu] class Body;"),
            "blocks within a block repeated" => ($"[Conv(8, 1), Block(typeof(Outer), Repeat = {layers / 4})]", "[Residual(typeof(Body)), Relu] class Outer; [Conv(8, 3, Padding = 1), Relu] class Body;"),
            "convolutions joined by one concatenation" => (
                Each(layers, i => $"Conv(1, 3, Padding = 1, Name = \"s{i}\")")
                + "[Concat(" + string.Join(", ", Enumerable.Range(0, layers - 1).Select(i => $"\"s{i}\"")) + ")]",
                ""),
            "one value concatenated with itself" => (
                "[Relu(Name = \"s\"), Tanh, Concat(" + string.Join(", ", Enumerable.Repeat("\"s\"", layers)) + ")]", ""),
            "concatenations of two" => (Each(layers / 3, i => $"Conv(4, 1, Name = \"a{i}\"), Conv(2, 3, Padding = 1), Concat(\"a{i}\")"), ""),
            "one value added to each" => ("[Relu(Name = \"s\")]" + Each(layers / 2, _ => "Sigmoid, Add(\"s\")"), ""),
            "outputs" => (Each(layers / 2, i => $"Sigmoid(Name = \"s{i}\"), Output(\"s{i}\")") + "[Tanh]", ""),
            "large dense layers in a batch" => ("[Flatten]" + Each(layers / 2, _ => "Dense(128), Relu"), ""),
            "names that nobody bears" => (Each(layers / 2, i => $"Relu(Name = \"c{i}\"), Add(\"d{i}\")"), ""),
            "faulty arguments" => (Each(layers / 2, _ => "Conv(4, 3, Padding = 1), Conv(0, 3)"), ""),
            "a budget that nothing meets" => (Each(layers / 2, _ => "Conv(4, 3, Padding = 1), Relu") + "[Budget(ArenaBytes = 1)]", ""),
            _ => (Each(layers / 2, _ => "Conv(4, 3, Padding = 1)") + Each(layers / 2, _ => "Relu"), ""),
        };
        return $"using Cnn; [Input(8, 8, 4)]\n{attributes}public partial class Net;\n{others}";
    }
}
