using Cnn.Generator.Infrastructure;
using Cnn.Generator.Declared;

namespace Cnn.Generator.Emission;

/// <summary>Prints the members of a network whose weights are part of the assembly.</summary>
internal static class PretrainedEmitter
{
    /// <summary>The build's prefix before the path of a file in the name of its resource.</summary>
    private const string Folder = "Cnn.Weights/";

    /// <param name="writer">Receives the members.</param>
    /// <param name="name">The class.</param>
    /// <param name="path">The file.</param>
    /// <param name="order">The order of its numbers, as C#; empty where it says that itself.</param>
    public static void Emit(CodeWriter writer, string name, string path, string order)
    {
        var shown = LayerTable.Escape(TensorMatch.Escape(path));
        writer.Line($"private static readonly global::System.Lazy<{name}> _pretrained = new(LoadPretrained);");
        writer.Line();
        writer.Line($"/// <summary>The network with the weights of {shown}, which are part of the assembly; made at its first use, once.</summary>");
        writer.Line("/// <remarks>All callers share it, so it cannot be trained: <see cref=\"LoadPretrained\"/> makes one that can.</remarks>");
        writer.Line($"public static {name} Pretrained => _pretrained.Value;");
        writer.Line();
        writer.Line($"/// <summary>Creates a network with the weights of {shown}, which are part of the assembly: a start for training.</summary>");
        writer.Line($"public static {name} LoadPretrained()");
        using (writer.Open())
        {
            writer.Line($"using var weights = typeof({name}).Assembly.GetManifestResourceStream({AttributeText.Quoted(Folder + path)})!;");
            writer.Line($"return global::Cnn.NetworkWeights.Load<{name}>(weights{(order.Length > 0 ? ", " + order : "")});");
        }

        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line($"bool global::Cnn.INetwork<{name}>.IsReadOnly => _pretrained.IsValueCreated && object.ReferenceEquals(this, _pretrained.Value);");
        writer.Line();
    }
}
