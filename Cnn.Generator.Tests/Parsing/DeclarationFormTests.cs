using System.Linq;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Parsing;

/// <summary>Every form in which a class can be written, each compiled with its generated part.</summary>
public class DeclarationFormTests
{
    private const string Layers = "[Input(8, 8, 1), Flatten, Dense(2)]";

    [Theory]
    [InlineData("namespace A.B { " + Layers + " public partial class Net; }", "A.B", "class", "Net", "public", "A.B.Net")]
    [InlineData("namespace A.B; " + Layers + " public partial class Net { }", "A.B", "class", "Net", "public", "A.B.Net")]
    [InlineData("namespace A { namespace B { " + Layers + " sealed partial class Net; } }", "A.B", "class", "Net", "internal", "A.B.Net")]
    [InlineData("namespace @if.@int; " + Layers + " partial class @class;", "@if.@int", "class", "@class", "internal", "if.int.class")]
    [InlineData(Layers + " public sealed partial class Net;", "", "class", "Net", "public", "Net")]
    [InlineData(Layers + " public partial class @class;", "", "class", "@class", "public", "class")]
    [InlineData(Layers + " partial class @record { }", "", "class", "@record", "internal", "record")]
    [InlineData(Layers + " public sealed partial class Net { }", "", "class", "Net", "public", "Net")]
    [InlineData(Layers + " partial class Größe;", "", "class", "Größe", "internal", "Größe")]
    public void A_class_is_read_with_its_name_and_place(
        string source, string @namespace, string keyword, string name, string accessibility, string hint)
    {
        source = "using Cnn;\n" + source;
        var type = Declarations.Parse(source).Type;
        Assert.Equal(
            (@namespace, keyword, name, accessibility, hint),
            (type.Namespace, type.Keyword, type.Name, type.Accessibility, type.HintName));
        Assert.Empty(type.Containers);
        var run = Harness.Run(source);
        Assert.Equal(hint + ".g.cs", run.Files.Single().HintName);
        Assert.Empty(run.Problems);
    }

    [Theory]
    [InlineData("private", "partial class Outer", "partial class Outer")]
    [InlineData("public", "partial struct Outer", "partial struct Outer")]
    [InlineData("internal", "readonly partial record struct Outer", "partial record struct Outer")]
    [InlineData("protected internal", "partial record Outer", "partial record Outer")]
    [InlineData("private protected", "partial class @class", "partial class @class")]
    [InlineData("public", "partial interface Outer", "partial interface Outer")]
    [InlineData("private", "static partial class Outer", "partial class Outer")]
    [InlineData("internal", "ref partial struct Outer", "partial struct Outer")]
    public void A_nested_class_is_read_with_what_contains_it(string accessibility, string written, string container)
    {
        var network = $"{Layers} {accessibility} partial class Net;";
        var source = $"using Cnn;\nnamespace N; public partial class First {{ {written} {{ {network} }} }}";
        var type = Declarations.Parse(source).Type;
        Assert.Equal(["partial class First", container], type.Containers);
        Assert.Equal(accessibility, type.Accessibility);
        Assert.Equal("N.First." + container.Split(' ')[^1].TrimStart('@') + ".Net", type.HintName);
        Assert.Empty(Harness.Run(source).Problems);
    }

    [Theory]
    [InlineData("[Input(8, 8, 1), Conv(2, 3, Stride = 1), Relu, Flatten, Dense(2)]")]
    [InlineData("[Input(8, 8, 1)] [Conv(2, 3, Stride = 1)] [Relu] [Flatten] [Dense(2)]")]
    [InlineData("[Input(8, 8, 1)]\n[Conv(2, 3, Stride = 1), Relu]\n[Flatten, Dense(2)]")]
    [InlineData("[global::Cnn.Input(8, 8, 1), global::Cnn.ConvAttribute(2, 3, Stride = 1), Cnn.Relu, FlattenAttribute, Dense(2)]")]
    [InlineData("[I(8, 8, 1), C(2, 3, Stride = 1), Relu, Flatten, Dense(2)]")]
    [InlineData("[type: Input(8, 8, 1), Conv(Size.Filters, Size.Kernel, Stride = Size.Kernel - 2), Relu, Flatten, Dense(2)]")]
    [InlineData("[Input(width: 8, height: 8, channels: 1), Conv(kernel: 3, filters: 2, Stride = 1), Relu, Flatten, Dense(units: 2)]")]
    [InlineData("[System.Obsolete, Input(8, 8, 1), Conv(2, 3, Stride = 1), System.Serializable, Relu, Flatten, Dense(2)]")]
    public void Attributes_may_be_written_in_every_form_of_csharp(string attributes)
    {
        var source = "using Cnn;\nusing I = Cnn.InputAttribute;\nusing C = Cnn.ConvAttribute;\n" + attributes
            + "\npublic partial class Net;\nstatic class Size { public const int Filters = 2; public const int Kernel = Filters + 1; }";
        var declaration = Declarations.Parse(source);
        Assert.Equal("[Input(8, 8, 1)]", declaration.Input!.Text);
        Assert.Equal(["[Conv(2, 3, Stride = 1)]", "[Relu]", "[Flatten]", "[Dense(2)]"], declaration.Layers.Select(layer => layer.Text));
        Assert.Empty(declaration.Faults);
        Assert.Empty(Harness.Run(source).Problems);
    }

    [Fact]
    public void Layers_are_read_in_the_order_in_which_they_are_written_also_across_other_attributes_and_parts()
    {
        var declaration = Declarations.Parse(
            "using Cnn;\n[System.Serializable] public partial class Net;",
            "using Cnn;\n[Input(8, 8, 1)]\n[Relu, Conv(1, 2)]\n[Tanh]\n[Conv(2, 2), Sigmoid] public partial class Net;");
        Assert.Equal(
            ["[Relu]", "[Conv(1, 2)]", "[Tanh]", "[Conv(2, 2)]", "[Sigmoid]"],
            declaration.Layers.Select(layer => layer.Text));
        Assert.Empty(declaration.Faults);
    }

    [Theory]
    [InlineData("[Conv(6, 5, Padding = Padding.Same)]", "[Conv(6, 5, Padding = Padding.Same)]")]
    [InlineData("[Conv(6, 5, Padding = Padding.Valid, Bias = false)]", "[Conv(6, 5, Padding = 0, Bias = false)]")]
    [InlineData("[LeakyRelu]", "[LeakyRelu]")]
    [InlineData("[LeakyRelu(slope: 0.2)]", "[LeakyRelu(0.2)]")]
    [InlineData("[Dropout(1.0 / 3)]", "[Dropout(0.3333333333333333)]")]
    [InlineData("[Dropout(1)]", "[Dropout(1)]")]
    public void Messages_write_an_attribute_in_normal_form(string attribute, string normal)
    {
        Assert.Equal(normal, Declarations.Parse("using Cnn;\n[Input(8, 8, 1)] " + attribute + " partial class Net;").Layers.Single().Text);
    }

    [Fact]
    public void Attributes_of_the_same_name_in_another_namespace_are_no_layers()
    {
        const string source = """
            using System;
            [AttributeUsage(AttributeTargets.Class)] public class ReluAttribute : Attribute;
            [Cnn.Input(8, 8, 1), Relu, Cnn.Flatten, Cnn.Dense(2)] public partial class Net;
            """;
        Assert.Equal(["[Flatten]", "[Dense(2)]"], Declarations.Parse(source).Layers.Select(layer => layer.Text));
    }

    [Fact]
    public void Classes_whose_names_differ_only_in_case_get_different_files()
    {
        var run = Harness.Run(
            $"using Cnn;\nnamespace A {{ {Layers} partial class Net; {Layers} partial class NET; }}\n"
            + $"namespace a {{ {Layers} partial class Other; }}");
        Assert.Empty(run.Problems);
        var hints = run.Files.Select(file => file.HintName.ToUpperInvariant()).ToList();
        Assert.Equal(3, hints.Distinct().Count());
    }

    [Fact]
    public void A_class_in_several_parts_is_compiled_once()
    {
        var run = Harness.Run(
            $"using Cnn;\n{Layers} public partial class Net {{ }}",
            "public partial class Net { public int Answer => 42; }",
            "[System.Serializable] public partial class Net : System.IDisposable { public void Dispose() { } }");
        Assert.Empty(run.Problems);
        Assert.Single(run.Files);
    }
}
