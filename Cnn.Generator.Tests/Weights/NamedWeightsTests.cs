extern alias build;

using Xunit;
using NamedWeights = build::Cnn.Build.NamedWeights;

namespace Cnn.Generator.Tests.Weights;

/// <summary>Which files the build finds named in a source.</summary>
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
    [InlineData("[Weights(Files.Name)] class Net;")]
    [InlineData("[MyWeights(\"a\")] [Weights2(\"a\")] class Net { void M() { Weights(\"a\"); } }")]
    [InlineData("class Net;")]
    public void It_finds_literals_in_the_attribute_and_nothing_else(string source, params string[] paths) =>
        Assert.Equal(paths, NamedWeights.In(source));
}
