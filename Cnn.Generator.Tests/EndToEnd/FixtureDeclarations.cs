using System;
using System.Globalization;
using System.Linq;
using Cnn.Tests.Support;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>
/// The cases of layers.safetensors, windows.safetensors and units.safetensors as networks of one layer. A trained network has no gradient of
/// its input, so each input of the layer is the product of a dense layer's weights and of a one for the sample: the gradient of those weights
/// is the gradient of the input, number by number.
/// </summary>
internal static class FixtureDeclarations
{
    /// <summary>The name of the layer that is tested, and so of its parameters.</summary>
    public const string Layer = "layer";

    /// <summary>The weights of the dense layer that stand for an input: [numbers, samples].</summary>
    public static string Source(int input) => "source" + Text(input) + ".weight";

    /// <summary>The declaration of a case, without its class.</summary>
    public static string Of(FixtureFile fixture, string name, bool isHwc)
    {
        var inputs = Inputs(fixture, name);
        var samples = Samples(fixture[inputs[0]]);
        var text = $"[Cnn.Input({samples}, Layout = Cnn.Layout.{(isHwc ? "Hwc" : "Chw")})]\n";
        for (var i = 0; i < inputs.Length; i++)
        {
            var (channels, height, width) = Shape(fixture[inputs[i]]);
            var values = Text(channels * height * width);
            text += $"[Cnn.Dense({values}, Bias = false, From = \"input\", Name = \"source{i + 1}\")]\n";
            var isVector = fixture[inputs[i]].Shape.Length == 1;
            text += isVector ? "" : $"[Cnn.Reshape({height}, {width}, {channels}, Name = \"x{i + 1}\")]\n";
        }

        var others = string.Join(", ", Enumerable.Range(2, inputs.Length - 1).Select(i => $"\"x{i}\""));
        var attribute = Attribute(fixture, name, others);
        text += $"[{attribute[..^1]}{(attribute[^2] == '(' ? "" : ", ")}Name = \"{Layer}\"";
        text += inputs.Length > 1 ? ", From = \"x1\")]\n" : ")]\n";

        // The gradient of a softmax at the end belongs to the loss. The next layer multiplies by one.
        return attribute.StartsWith("Cnn.Softmax", StringComparison.Ordinal) ? text + Identity(fixture, name) : text;
    }

    /// <summary>The tensors that a layer reads.</summary>
    public static string[] Inputs(FixtureFile fixture, string name) =>
        [.. new[] { ".input", ".input2", ".input3" }.Select(role => name + role).Where(fixture.Tensors.ContainsKey)];

    /// <summary>The samples of a tensor, of which only those of batch normalisation have several.</summary>
    public static int Samples(FixtureTensor tensor) => tensor.Shape.Length == 4 ? tensor.Shape[0] : 1;

    /// <summary>Channels, height and width of a sample.</summary>
    public static (int Channels, int Height, int Width) Shape(FixtureTensor tensor) => tensor.Shape switch
    {
        [var length] => (length, 1, 1),
        [var channels, var height, var width] => (channels, height, width),
        [_, var channels, var height, var width] => (channels, height, width),
        _ => throw new InvalidOperationException("A tensor has one, three or four axes."),
    };

    private static string Identity(FixtureFile fixture, string name) =>
        (fixture[name + ".input"].Shape is [var length] ? $"[Cnn.Reshape(1, 1, {length})]\n" : "")
            + "[Cnn.DepthwiseConv(1, Bias = false, Name = \"identity\")]\n";

    private static string Attribute(FixtureFile fixture, string name, string others)
    {
        var settings = fixture.Tensors.TryGetValue(name + ".settings", out var tensor) ? tensor.Values
            : fixture.Tensors.TryGetValue(name + ".window", out var window) ? Modern(window.Values) : [];
        string Number(int i) => settings[i].ToString("R", CultureInfo.InvariantCulture) + "f";
        string Whole(int i) => Text((int)settings[i]);
        string Flag(int i) => settings[i] != 0 ? "true" : "false";
        int Groups() => settings.Length > 10 ? (int)settings[10] : 1;
        var bias = "Bias = " + (fixture.Tensors.ContainsKey(name + ".bias") ? "true" : "false");
        var filters = fixture[name + ".output"].Shape[0];
        var places = settings.Length >= 8
            ? $"StrideHeight = {Whole(2)}, StrideWidth = {Whole(3)}, PaddingTop = {Whole(4)}, PaddingLeft = {Whole(5)}, " +
                $"PaddingBottom = {Whole(6)}, PaddingRight = {Whole(7)}"
            : "";
        var dilations = settings.Length >= 10 ? $", DilationHeight = {Whole(8)}, DilationWidth = {Whole(9)}" : "";
        var ceil = settings.Length > 10 ? ", CeilMode = " + Flag(10) : "";
        return "Cnn." + name[..name.IndexOf('.')] switch
        {
            "conv" => $"Conv({filters}, {Whole(0)}, {Whole(1)}, {places}{dilations}, Groups = {Groups()}, {bias})",
            "depthwiseconv" => $"DepthwiseConv({Whole(0)}, {Whole(1)}, {places}{dilations}, Multiplier = {filters / Groups()}, {bias})",
            "convtranspose" => $"ConvTranspose({filters}, {Whole(0)}, {Whole(1)}, {places}{dilations}, " +
                $"OutputPaddingHeight = {Whole(10)}, OutputPaddingWidth = {Whole(11)}, Groups = {Whole(12)}, {bias})",
            "maxpool" or "max_pool" => $"MaxPool({Whole(0)}, {Whole(1)}, {places}{dilations}{ceil})",
            "avgpool" => $"AvgPool({Whole(0)}, {Whole(1)}, {places}{ceil}, CountIncludePad = {Flag(11)})",
            "avg_pool" => $"AvgPool({Whole(0)}, {Whole(1)}, {places})",
            "dense" => $"Dense({filters}, {bias})",
            "globalavgpool" => "GlobalAvgPool()",
            "globalmaxpool" => "GlobalMaxPool()",
            "adaptiveavgpool" => $"AdaptiveAvgPool({Whole(0)}, {Whole(1)})",
            "batchnorm" => $"BatchNorm(Epsilon = {Number(0)}, Momentum = {Number(1)}, Affine = {Flag(2)})",
            "layernorm" => $"LayerNorm(Epsilon = {Number(0)}, Affine = {Flag(1)}, WholeSample = {Flag(2)})",
            "groupnorm" => $"GroupNorm({Whole(0)}, Epsilon = {Number(1)}, Affine = {Flag(2)})",
            "instancenorm" => $"InstanceNorm(Epsilon = {Number(0)}, Affine = {Flag(1)})",
            "relu" => "Relu()",
            "leaky_relu" => $"LeakyRelu({fixture[name + ".slope"].Scalar.ToString("R", CultureInfo.InvariantCulture)}f)",
            "sigmoid" => "Sigmoid()",
            "tanh" => "Tanh()",
            "relu6" => "Relu6()",
            "prelu" => $"PRelu(PerChannel = {Flag(0)})",
            "elu" => $"Elu({Number(0)})",
            "selu" => "Selu()",
            "gelu" => $"Gelu(Tanh = {Flag(0)})",
            "silu" => "Silu()",
            "mish" => "Mish()",
            "hardswish" => "HardSwish()",
            "hardsigmoid" => "HardSigmoid()",
            "softplus" => $"Softplus(Beta = {Number(0)}, Threshold = {Number(1)})",
            "clip" => $"Clip({Number(0)}, {Number(1)})",
            "softmax" => "Softmax()",
            "logsoftmax" => "LogSoftmax()",
            "add" => $"Add([{others}])",
            "multiply" => $"Multiply([{others}])",
            "concat" => $"Concat([{others}])",
            "upsample" => $"Upsample({Whole(0)}, {Whole(1)}, Mode = Cnn.Upsampling.{(settings[2] == 0 ? "Nearest" : "Bilinear")}, " +
                $"AlignCorners = {(settings[2] == 2 ? "true" : "false")})",
            "pixelshuffle" => $"PixelShuffle({Whole(0)})",
            "pad" => $"Pad({Whole(0)}, {Whole(1)}, {Whole(2)}, {Whole(3)}, Mode = Cnn.PadMode.{(PadMode)(int)settings[4]}"
                + (settings[4] == 0 ? $", Value = {Number(5)})" : ")"),
            "crop" => $"Crop({Whole(0)}, {Whole(1)}, {Whole(2)}, {Whole(3)})",
            "reshape" => $"Reshape({Whole(0)}, {Whole(1)}, {Whole(2)})",
            var kind => throw new ArgumentException($"There is no layer {kind}."),
        };
    }

    /// <summary>Kernel, one stride and four paddings, in the order of the newer fixtures.</summary>
    private static float[] Modern(float[] window) => [window[0], window[1], window[2], window[2], .. window[3..7]];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
