using Xunit;

namespace Cnn.Generator.Tests.Diagnostics;

/// <content>Files of weights.</content>
public static partial class ErrorCases
{
    private const string Whole = """
        net.safetensors
        conv1.weight F32 [4, 3, 3, 3]
        conv1.bias F32 [4]
        dense1.weight F32 [10, 144]
        dense1.bias F32 [10]
        """;

    private const string Layers = "Input(8, 8, 3), Conv(4, 3), Relu, Flatten, Dense(10)] public partial class Net;";

    /// <summary>Gets faults of files of weights: the id, the source with the place marked, the files, the message.</summary>
    public static TheoryData<string, string, string, string> OfWeights { get; } = new()
    {
        {
            "CNN0090",
            "[Weights([|\"net.safetensors\"|]), " + Layers,
            "",
            "[Weights(\"net.safetensors\")]: the project has no file \"net.safetensors\"; a path begins in the folder of the project, which has "
                + "no .safetensors file, and a file elsewhere needs an item <CnnWeights Include=\"PATH\" />"
        },
        {
            "CNN0090",
            "[Weights([|\"nett.safetensors\"|]), " + Layers,
            Whole + "\nother.safetensors (not named)",
            "[Weights(\"nett.safetensors\")]: the project has no file \"nett.safetensors\" (did you mean \"net.safetensors\"?); a path begins in "
                + "the folder of the project, which has \"net.safetensors\", \"other.safetensors\", and a file elsewhere needs an item "
                + "<CnnWeights Include=\"PATH\" />"
        },
        {
            "CNN0090",
            "[Weights([|path: \"net.safetensors\"|]), " + Layers,
            "Weights/net.safetensors",
            "[Weights(\"net.safetensors\")]: the project has no file \"net.safetensors\" (did you mean \"Weights/net.safetensors\"?); a path begins "
                + "in the folder of the project, which has \"Weights/net.safetensors\", and a file elsewhere needs an item "
                + "<CnnWeights Include=\"PATH\" />"
        },
        {
            "CNN0091",
            "[Weights([|\"net.safetensors\"|]), " + Layers,
            "net.safetensors\ndamaged: net.safetensors, byte 3: the file ends within the 8 bytes of the header's length",
            "[Weights(\"net.safetensors\")]: net.safetensors, byte 3: the file ends within the 8 bytes of the header's length; save it again"
        },
        {
            "CNN0092",
            "[Weights([|\"net.safetensors\"|]), " + Layers,
            Whole.Replace("[4, 3, 3, 3]", "[4, 3, 5, 5]"),
            "[Weights(\"net.safetensors\")]: tensor conv1.weight: its shape is [4, 3, 5, 5], but the network's is [4, 3, 3, 3], for conv1 is "
                + "Conv 3x3 on 8x8x3; declare the network of the file, or save the weights of this one"
        },
        {
            "CNN0092",
            "[Weights([|\"net.safetensors\"|]), " + Layers,
            Whole.Replace("[10]", "[]"),
            "[Weights(\"net.safetensors\")]: tensor dense1.bias: its shape is [], but the network's is [10], for dense1 is Dense 10 on 144; "
                + "declare the network of the file, or save the weights of this one"
        },
        {
            "CNN0093",
            "[Weights([|\"net.safetensors\"|]), " + Layers,
            Whole.Replace("bias F32", "bias BF16"),
            "[Weights(\"net.safetensors\")]: tensor conv1.bias: its dtype is BF16; only F32 is read, so convert it before saving"
        },
        {
            "CNN0094",
            "[Weights([|\"net.safetensors\"|]), " + Layers,
            Whole.Replace("conv1.bias F32 [4]", "conv1.num_batches_tracked I64 []"),
            "[Weights(\"net.safetensors\")]: tensor conv1.bias: the file lacks it, but conv1, Conv 3x3, has one; declare the network of the file, "
                + "or save the weights of this one"
        },
        {
            "CNN0095",
            "[Weights([|\"net.safetensors\"|]), " + Layers,
            Whole.Replace("dense1", "fc1"),
            "[Weights(\"net.safetensors\")]: tensor fc1.weight: the network has no tensor of this name; name the layers as the file does, or "
                + "save the weights of this network"
        },
        {
            "CNN0095",
            "[Weights([|\"net.safetensors\"|]), " + Layers,
            Whole.Replace("conv1.weight", "conv.weight"),
            "[Weights(\"net.safetensors\")]: tensor conv.weight: the network has no tensor of this name (did you mean \"conv1.weight\"?); name "
                + "the layers as the file does, or save the weights of this network"
        },
        {
            "CNN0096",
            "[Weights([|Files.Net|]), " + Layers + " static class Files { public const string Net = \"net.safetensors\"; }",
            Whole.Replace("net.safetensors", "net.safetensors (not named)"),
            "[Weights(\"net.safetensors\")]: net.safetensors is in the project but not embedded, because the build finds only paths that stand "
                + "as a literal in [Weights(...)]; write it there, or add an item <CnnWeights Include=\"net.safetensors\" />"
        },
        {
            "CNN0097",
            "[Input(8, 8, 3), Block(typeof(Stem)), Flatten, Dense(10)] public partial class User; [Conv(4, 3), [|Weights(\"net.safetensors\")|]] "
                + "public class Stem;",
            Whole,
            "[Weights(\"net.safetensors\")] stands on Stem, which has no [Input] and so is no network; put it on the network that uses Stem"
        },
        {
            "CNN0097",
            "[[|Weights(\"net.safetensors\")|]] public class Plain;",
            Whole,
            "[Weights(\"net.safetensors\")] stands on Plain, which has no [Input] and so is no network; put it on the network that uses Plain"
        },
        {
            "CNN0010",
            "[[|Conv(4, 3)|], Weights(\"net.safetensors\")] public partial class Net;",
            Whole,
            "Net has layers but no input, so that no shape is known; put [Input(height, width, channels)] before [Conv(4, 3)], "
                + "use it in a network as [Block(typeof(Net))], or make it abstract where others are to use it"
        },
        {
            "CNN0004",
            "[Weights(\"net.safetensors\"), Input(8, 8, 3), Conv(4, 3), Relu, Flatten, Dense(10)] public partial class Net { "
                + "public static Net [|LoadPretrained|]() => new(); } public partial class Net;",
            Whole,
            "Net declares LoadPretrained, but the compiler generates a member of that name for every network; rename or remove it"
        },
    };
}
