extern alias build;

using System.Linq;
using Xunit;
using NamedWeights = build::Cnn.Build.NamedWeights;

namespace Cnn.Generator.Tests.Weights;

/// <summary>Which files the build finds named in the sources.</summary>
public sealed class NamedWeightsTests
{
    [Theory]
    [InlineData("[Weights(\"a.safetensors\")] class Net;", "a.safetensors")]
    [InlineData("[Input(1), Weights( path: \"a.safetensors\" ), Relu]", "a.safetensors")]
    [InlineData("[global::Cnn.WeightsAttribute(@\"b/a.safetensors\")]", "b/a.safetensors")]
    [InlineData("[Relu,\n  Cnn.Weights(\"b\\\\a.safetensors\")]", "b/a.safetensors")]
    [InlineData("[Weights(\"a\")] class A; // [Weights(\"b\")]\n[Weights(\"c\")] class C;", "a", "c")]
    [InlineData("/* [Weights(\"a\")]\n [Weights(\"b\")] */ var q = '\"'; [Weights(\"c\")] class C;", "c")]
    [InlineData("var text = \"[Weights(\\\"a\\\")] [Weights(\"; [Weights(\"c\")] class C;", "c")]
    [InlineData("[MyWeights(\"a\")] [Weights2(\"a\")] class Net { void M() { Weights(\"a\"); } }")]
    [InlineData("class Net;")]
    public void It_finds_literals_in_the_attribute_and_nothing_else(string source, params string[] paths) => Found([source], paths);

    [Theory]
    [InlineData("var folder = @\"C:\\\"; [Weights(\"a\")] class Net;", "a")]
    [InlineData("var text = \"\"\" one \" quote \"\"\"; [Weights(\"a\")] class Net;", "a")]
    [InlineData("var text = \"\"\"\n  \" [Weights(\"b\")]\n  \"\"\"; [Weights(\"a\")] class Net;", "a")]
    [InlineData("var text = $\"{(x ? \"\\\"\" : \"}\")} \\\"\"; [Weights(\"a\")] class Net;", "a")]
    [InlineData("var text = $$\"\"\" {\" {{\"}\"}} \"\"\"; [Weights(\"a\")] class Net;", "a")]
    [InlineData("var text = $@\"\"\"{1:\"\"}\\\"; [Weights(\"a\")] class Net;", "a")]
    [InlineData("#error it's \"\n[Weights(\"a\")] class Net;", "a")]
    [InlineData("#if NEVER\nit's \" /* and \"\"\"\n#endif\n[Weights(\"a\")] class Net;", "a")]
    public void Strings_of_all_kinds_and_directives_before_it_hide_nothing(string source, params string[] paths) => Found([source], paths);

    [Theory]
    [InlineData("[type: Weights(\"a\")] class Net;", "a")]
    [InlineData("[Weights /* why */ (\"a\" // what\n)] class Net;", "a")]
    [InlineData("[Weights(\"we\\u0069ghts/\\x61.safetensors\")] class Net;", "weights/a.safetensors")]
    [InlineData("[W\\u0065ights(\"a\")] class Net;", "a")]
    [InlineData("[@Weights(@path: \"a\")] class Net;", "a")]
    [InlineData("[Weights(\"\"\"b\\a\"\"\")] class Net;", "b/a")]
    [InlineData("[Weights(\"\"\"\n    a\n    \"\"\")] class Net;", "a")]
    [InlineData("[Weights((\"a\" + @\"/b\"))] class Net;", "a/b")]
    [InlineData("[Weights(\"a\", Order = WeightOrder.PyTorch)] class Net;", "a")]
    [InlineData("using W = Cnn.WeightsAttribute; [W(\"a\")] class Net;", "a")]
    [InlineData("using WAttribute = global::Cnn.WeightsAttribute; [W(\"a\")] class Net; [WAttribute(\"b\")] class B;", "a", "b")]
    public void However_it_is_written_it_is_found(string source, params string[] paths) => Found([source], paths);

    [Fact]
    public void An_alias_in_another_source_is_known() =>
        Found(["[V(\"a\")] class Net;", "using V = W;", "global using W = Cnn.WeightsAttribute;"], "a");

    [Theory]
    [InlineData("[Weights(Files.Name)] class Net; class Files { const string Name = \"Weights/lenet5.safetensors\"; }")]
    [InlineData("[Weights(Files.Folder + \"lenet5.safetensors\")] class Net;")]
    [InlineData("[Weights($\"{Folder}/lenet5.safetensors\")] class Net;")]
    [InlineData("[Weights(nameof(lenet5) + Ending)] class lenet5;")]
    public void A_path_that_is_computed_names_every_file_whose_name_stands_anywhere(string source)
    {
        var named = new NamedWeights([source, "var other = \"unet.safetensors\";"]);
        Assert.True(named.Contains("Weights/lenet5.safetensors"));
        Assert.True(named.Contains("unet.safetensors"));
        Assert.False(named.Contains("resnet.safetensors"));
    }

    [Fact]
    public void A_path_that_is_not_computed_names_its_own_file_alone()
    {
        var named = new NamedWeights(["[Weights(\"lenet5.safetensors\")] class Net;", "net.Save(\"unet.safetensors\");"]);
        Assert.True(named.Contains("lenet5.safetensors"));
        Assert.False(named.Contains("unet.safetensors"));
    }

    private static void Found(string[] sources, params string[] paths)
    {
        var named = new NamedWeights(sources);
        Assert.Equal(paths, named.Paths.Order());
        Assert.All(paths, path => Assert.True(named.Contains(path)));
    }
}
