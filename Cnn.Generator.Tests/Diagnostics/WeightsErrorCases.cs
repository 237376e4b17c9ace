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
            Whole.Replace("bias F32", "bias I32"),
            "[Weights(\"net.safetensors\")]: tensor conv1.bias: its dtype is I32; only F32, F16, BF16 and F64 are read, so convert it before saving"
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
            "[Weights(\"net.safetensors\")]: tensor fc1.weight: the network has no tensor of this name; the file alone has fc1.weight [10, 144], "
                + "fc1.bias [10], the network alone dense1.weight [10, 144], dense1.bias [10]; their shapes agree in this order: Load(path, names) with "
                + "{ [\"dense1\"] = \"fc1\" }; name the layers as the file does, or save the weights of this network"
        },
        {
            "CNN0095",
            "[Weights([|\"net.safetensors\"|]), " + Layers,
            Whole.Replace("conv1.weight", "conv.weight"),
            "[Weights(\"net.safetensors\")]: tensor conv.weight: the network has no tensor of this name (did you mean \"conv1.weight\"?); "
                + "the file alone has conv.weight [4, 3, 3, 3], the network alone conv1.weight [4, 3, 3, 3]; their shapes agree in this order: "
                + "Load(path, names) with { [\"conv1\"] = \"conv\" }; name the layers as the file does, or save the weights of this network"
        },
        {
            "CNN0096",
            "[Weights([|Files.Net|]), " + Layers + " static class Files { public const string Net = \"net.safetensors\"; }",
            Whole.Replace("net.safetensors", "net.safetensors (not named)"),
            "[Weights(\"net.safetensors\")]: net.safetensors is in the project but not embedded, because no source had its name in one piece "
                + "when the build looked; write it as a literal in [Weights(...)], or add an item <CnnWeights Include=\"net.safetensors\" />"
        },
        {
            "CNN0098",
            "[Weights([|\"net.safetensors\"|]), " + Layers,
            Whole + "\norder:",
            "[Weights(\"net.safetensors\")]: the file does not say in which order it keeps flattened volumes, and dense1.weight depends on it; if "
                + "PyTorch made it, give WeightOrder.PyTorch or declare Layout.Chw; if this network saved it without a mark, give WeightOrder.Declared; "
                + "here the order is given as [Weights(..., Order = WeightOrder.PyTorch)]"
        },
        {
            "CNN0098",
            "[Weights([|\"net.safetensors\"|]), " + Layers,
            Whole + "\norder: tf",
            "[Weights(\"net.safetensors\")]: its metadata say \"format\": \"tf\", whose library keeps kernels as [height, width, in, out] and matrices "
                + "as [in, out]; transpose them to [out, in, height, width] and [out, in], and save with \"format\": \"pt\"; here the order is given as "
                + "[Weights(..., Order = WeightOrder.PyTorch)]"
        },
        {
            "CNN0098",
            "[Weights([|\"net.safetensors\"|]), Input(8, 8, 2), Reshape(4, 4, 8), Conv(4, 3), Flatten, Dense(10)] public partial class Net;",
            Whole.Replace("[4, 3, 3, 3]", "[4, 8, 3, 3]").Replace("[10, 144]", "[10, 16]") + "\norder: chw",
            "[Weights(\"net.safetensors\")]: the file keeps volumes with channels first, and reshape1 reads them in another shape, which no order of the "
                + "weights makes up for; declare Layout.Chw; here the order is given as [Weights(..., Order = WeightOrder.PyTorch)]"
        },
        {
            "CNN0098",
            "[Weights([|\"net.safetensors\"|], Order = (WeightOrder)7), " + Layers,
            Whole,
            "[Weights(\"net.safetensors\", Order = (WeightOrder)7)]: its Order is none of WeightOrder's values; here the order is given as "
                + "[Weights(..., Order = WeightOrder.PyTorch)]"
        },
        {
            "CNN0090",
            "[Weights([|\"n\u202Eet.safetensors\"|]), " + Layers,
            "o\u202Ether.safetensors (not named)",
            "[Weights(\"n\\u202Eet.safetensors\")]: the project has no file \"n\\u202Eet.safetensors\"; a path begins in the folder of the project, "
                + "which has \"o\\u202Ether.safetensors\", and a file elsewhere needs an item <CnnWeights Include=\"PATH\" />"
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
