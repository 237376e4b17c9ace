using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Cnn.Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cnn.Generator.Tests.Parsing;

/// <summary>Which classes are blocks, where they may stand, and that nothing is generated for them.</summary>
public class BlockTests
{
    private const string Body = "[Conv(3, 3, Padding = 1), Relu] ";

    [Theory]
    [InlineData("public partial class Body;")]
    [InlineData("public class Body;")]
    [InlineData("internal sealed class Body { public int Forward => 1; }")]
    [InlineData("public abstract class Body;")]
    [InlineData("public static class Body;")]
    [InlineData("public record Body(int X);")]
    [InlineData("public class Body : System.IDisposable { public void Dispose() { } }")]
    public async Task A_class_with_layers_and_no_input_is_a_block_and_gets_no_member_and_no_word(string form)
    {
        var source = "using Cnn;\n[Input(8, 8, 3), Block(typeof(Body)), Flatten, Dense(2)] public partial class Net;\n" + Body + form;
        var run = Harness.Run(source);
        Assert.Empty(run.Problems);
        Assert.Equal("Net.g.cs", run.Files.Single().HintName);
        Assert.Empty(await Harness.HintsAsync(source));
        Assert.Equal("body1.conv1, body1.relu1, flatten1, dense1", Nodes(source));
    }

    [Fact]
    public void A_block_may_be_nested_in_the_network_or_in_any_other_class_private_too()
    {
        const string source = "using Cnn;\n[Input(8, 8, 3), Block(typeof(Net.Body)), Block(typeof(Outer<int>.Other)), Flatten, Dense(2)] "
            + "public partial class Net { " + Body + "private class Body; } public class Outer<T> { [Tanh] public class Other; }";
        Assert.Empty(Harness.Run(source).Problems);
        Assert.Equal("body1.conv1, body1.relu1, other1.tanh1, flatten1, dense1", Nodes(source));
    }

    [Fact]
    public void A_generic_class_may_be_a_block()
    {
        const string source = "using Cnn;\n[Input(8, 8, 3), Block(typeof(Body<>)), Residual(typeof(Body<string>)), Flatten, Dense(2)] "
            + "public partial class Net; [Tanh] public class Body<T>;";
        Assert.Empty(Harness.Run(source).Problems);
        Assert.Equal("body1.tanh1, body2.tanh1, body2.add1, flatten1, dense1", Nodes(source));
    }

    [Fact]
    public void A_block_may_stand_in_another_file_in_several_lists_and_behind_other_attributes()
    {
        var run = Harness.Run(
            "using Cnn;\n[Input(8, 8, 3), Block(typeof(Parts.Body)), Flatten, Dense(2)] public partial class Net;",
            "using Cnn;\nnamespace Parts; [System.Serializable, Conv(3, 1)]\n[System.Obsolete(\"no\", false), Relu]\n[Conv(3, 1), Tanh] public partial class Body;",
            "namespace Parts; public partial class Body { public int More => 1; }");
        Assert.Equal(["CS0618"], run.Problems.Select(problem => problem.Id).Distinct());
        Assert.Contains("body1.conv2.weight", run.Source, StringComparison.Ordinal);
        Assert.True(
            run.Source.IndexOf("\"body1.conv1\"", StringComparison.Ordinal) < run.Source.IndexOf("\"body1.conv2\"", StringComparison.Ordinal));
    }

    [Fact]
    public void A_block_of_a_referenced_assembly_keeps_the_order_of_its_layers()
    {
        const string library = """
            using Cnn;
            namespace Library;

            [Conv(3, 1, Name = "c"), Relu]
            [Residual(typeof(Inner), Shortcut = typeof(Way), ShortcutName = "way")]
            [Tanh]
            [Conv(3, 1), Sigmoid]
            [Add("c", "input")]
            public abstract class Body;

            [Relu, Conv(3, 1), Tanh, Conv(3, 1)]
            public abstract class Inner;

            [Conv(3, 1, Bias = false)]
            public abstract class Way;
            """;
        const string network = "using Cnn;\n[Input(8, 8, 3), Block(typeof(Library.Body), Name = \"b\"), Flatten, Dense(2)] public partial class Net;";
        using var image = new MemoryStream();
        Assert.True(Harness.Run(Harness.Compilation(true, Harness.Parse(library))).Output.Emit(image).Success);
        var compilation = Harness.Compilation(true, Harness.Parse(network)).AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
        var run = Harness.Run(compilation);
        Assert.Empty(run.Problems);
        var together = Harness.Run(network, library);
        Assert.Empty(together.Problems);
        Assert.Equal(together.Source, run.Source);
    }

    [Fact]
    public void A_fault_within_a_block_of_a_referenced_assembly_is_shown_at_its_use()
    {
        using var image = new MemoryStream();
        Assert.True(Harness.Run(Harness.Compilation(true, Harness.Parse("using Cnn;\n[Conv(3, 9)] public abstract class Body;")))
            .Output.Emit(image).Success);
        var compilation = Harness.Compilation(true, Harness.Parse("using Cnn;\n[Input(8, 8, 3), Block(typeof(Body))] public partial class Net;"))
            .AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
        var error = Assert.Single(Harness.Run(compilation).Problems);
        Assert.Equal("CNN0030", error.Id);
        Assert.Equal("Body > [Conv(3, 9)]: ", error.GetMessage()[..21]);
        Assert.Equal("using Cnn;\n[Input(8, 8, 3), ".Length, error.Location.SourceSpan.Start);
    }

    [Fact]
    public void Two_networks_may_use_one_block_each_with_its_own_shapes()
    {
        const string source = "using Cnn;\n[Input(8, 8, 3), Block(typeof(Body)), Flatten, Dense(2)] public partial class First; "
            + "[Input(5, 6, 7), Residual(typeof(Body), Shortcut = typeof(Body)), Flatten, Dense(2)] public partial class Second; "
            + Body + "public class Body;";
        var run = Harness.Run(source);
        Assert.Empty(run.Problems);
        Assert.Equal(["First.g.cs", "Second.g.cs"], run.Files.Select(file => file.HintName).Order());
    }

    [Theory]
    [InlineData("[Relu] public partial class [|Alone|];", "CNN0010")]
    [InlineData("[Relu] public class [|Alone|]; [Block(typeof(Alone))] public class [|User|];", "CNN0010")]
    [InlineData("[Relu] public abstract class Alone;", "")]
    [InlineData("[Relu] public abstract class Alone; [Block(typeof(Alone))] public abstract class User;", "")]
    [InlineData("[Output(\"input\")] public class Alone;", "CNN0010")]
    public void A_block_that_nobody_uses_is_told_unless_it_is_abstract(string source, string id)
    {
        var run = Harness.Run("using Cnn;\n" + source.Replace("[|", "").Replace("|]", ""));
        Assert.Equal(id.Length == 0 ? [] : [id], run.Problems.Select(problem => problem.Id));
    }

    [Fact]
    public void A_class_that_nobody_uses_is_told_nothing_of_its_form()
    {
        var errors = Harness.Run("using Cnn;\n[Relu] public static class Alone { public static int Forward => 1; }").Problems;
        Assert.Equal(["CNN0010"], errors.Select(error => error.Id));
    }

    private static string Nodes(string source) => string.Join(", ", Declarations.Network(source).Nodes.Select(node => node.Name));
}
