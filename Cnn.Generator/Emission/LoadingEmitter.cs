using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Weights;

namespace Cnn.Generator.Emission;

/// <summary>Prints the members of a network that save and load, and what they know of the order of its parameters.</summary>
internal static class LoadingEmitter
{
    public static void EmitFiles(CodeWriter writer, string name)
    {
        writer.Line("/// <summary>Writes the parameters as safetensors, in PyTorch's names and shapes. A failed save leaves the old file.</summary>");
        writer.Line("/// <param name=\"path\">The file.</param>");
        writer.Line("public void Save(string path) => global::Cnn.NetworkWeights.Save(this, path);");
        writer.Line();
        writer.Line("/// <summary>Creates the network with the parameters of a safetensors file.</summary>");
        writer.Line("/// <param name=\"path\">The file.</param>");
        writer.Line("/// <exception cref=\"global::Cnn.WeightsFormatException\">The file is damaged or belongs to another network; the message says where and why.</exception>");
        writer.Line($"public static {name} Load(string path) => global::Cnn.NetworkWeights.Load<{name}>(path);");
        writer.Line();
        writer.Line("/// <summary>Creates the network with the parameters of a safetensors file that has other names for them.</summary>");
        writer.Line("/// <param name=\"path\">The file.</param>");
        writer.Line("/// <param name=\"names\">By the name of a parameter, a layer or a block the file's name for it; what is not in it is called alike.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A name is none of the network's, or two parameters would be read from one entry.</exception>");
        writer.Line("/// <exception cref=\"global::Cnn.WeightsFormatException\">The file is damaged or belongs to another network; the message says where and why.</exception>");
        writer.Line($"public static {name} Load(string path, global::System.Collections.Generic.IReadOnlyDictionary<string, string> names) =>");
        writer.Line($"    global::Cnn.NetworkWeights.Load<{name}>(path, names);");
        writer.Line();
        writer.Line("/// <summary>Creates the network with the parameters of a safetensors file, in an order that the caller knows.</summary>");
        writer.Line("/// <param name=\"path\">The file.</param>");
        writer.Line("/// <param name=\"order\">The order in which the file keeps the numbers that meet flattened volumes.</param>");
        writer.Line("/// <exception cref=\"global::Cnn.WeightsFormatException\">The file is damaged or belongs to another network; the message says where and why.</exception>");
        writer.Line($"public static {name} Load(string path, global::Cnn.WeightOrder order) => global::Cnn.NetworkWeights.Load<{name}>(path, order);");
        writer.Line();
        writer.Line("/// <summary>Creates the network with the parameters of a safetensors file that has other names for them, in an order that the caller knows.</summary>");
        writer.Line("/// <param name=\"path\">The file.</param>");
        writer.Line("/// <param name=\"names\">By the name of a parameter, a layer or a block the file's name for it; what is not in it is called alike.</param>");
        writer.Line("/// <param name=\"order\">The order in which the file keeps the numbers that meet flattened volumes.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A name is none of the network's, or two parameters would be read from one entry.</exception>");
        writer.Line("/// <exception cref=\"global::Cnn.WeightsFormatException\">The file is damaged or belongs to another network; the message says where and why.</exception>");
        writer.Line($"public static {name} Load(string path, global::System.Collections.Generic.IReadOnlyDictionary<string, string> names, global::Cnn.WeightOrder order) =>");
        writer.Line($"    global::Cnn.NetworkWeights.Load<{name}>(path, names, order);");
        writer.Line();
    }

    /// <summary>Prints the layout, and the parameters that meet flattened volumes; nothing where both are the usual.</summary>
    public static void EmitOrder(CodeWriter writer, Network network, string self)
    {
        if (network.Layout == VolumeLayout.Chw)
        {
            writer.Line("/// <inheritdoc/>");
            writer.Line($"static global::Cnn.Layout {self}.Layout => global::Cnn.Layout.Chw;");
            writer.Line();
        }

        var flattened = FlattenedVolumes.Of(network);
        if (flattened.Count == 0)
            return;
        writer.Line("/// <inheritdoc/>");
        writer.Line($"static global::System.Collections.Generic.IReadOnlyList<global::Cnn.FlattenedTensor> {self}.FlattenedTensors {{ get; }} =");
        writer.Line("[");
        foreach (var parameter in flattened)
            writer.Line($"    new(\"{parameter.Name}\", [{Runs(parameter.Rows)}], [{Runs(parameter.Columns)}]),");
        writer.Line("];");
        writer.Line();
    }

    private static string Runs(EquatableArray<Shape> volumes) =>
        string.Join(", ", volumes.Select(volume => $"new({Text.Number(volume.Height)}, {Text.Number(volume.Width)}, {Text.Number(volume.Channels)})"));
}
