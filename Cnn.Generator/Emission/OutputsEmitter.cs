using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using static Cnn.Generator.Infrastructure.Text;

namespace Cnn.Generator.Emission;

/// <summary>Prints where each output of a network with several lies: the last layer's as <c>Main</c>, the others by their names.</summary>
internal static class OutputsEmitter
{
    public const string ClassName = "Outputs";

    private const string Main = "Main";
    private const string Type = "global::Cnn.NetworkOutput";

    /// <summary>The members that a static class has from <c>object</c>, and its own name.</summary>
    private static readonly string[] Reserved =
        [ClassName, "Equals", "ReferenceEquals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "Finalize"];

    public static void Emit(CodeWriter writer, Network network)
    {
        var names = network.OutputNames;
        if (names.Count == 1)
            return;
        var members = Members(network.OutputLabels.Skip(1));
        writer.Line("/// <summary>The outputs one after the other, each with its place and its shape.</summary>");
        using (writer.Block($"public static class {ClassName}"))
        {
            var offset = 0;
            for (var i = 0; i < names.Count; i++)
            {
                var shape = network.ShapeOf(names[i]);
                var (height, width, channels) = shape.IsVector ? (shape.Length, 1, 0) : (shape.Height, shape.Width, shape.Channels);
                var numbers = string.Join(", ", new[] { offset, height, width, channels }.Select(number => Number(number)));
                var what = i == 0 ? "The output of the last layer, " : "";
                writer.Line($"/// <summary>{what}{LayerTable.Escape(network.OutputLabels[i])}: {shape}, from float {Number(offset)} on.</summary>");
                writer.Line($"public static {Type} {members[i]} => new({Declared.AttributeText.Quoted(network.OutputLabels[i])}, {numbers});");
                if (i < names.Count - 1)
                    writer.Line();
                offset += shape.Length;
            }
        }

        writer.Line();
    }

    /// <summary>The members of a network that did not compile, with bodies that throw.</summary>
    public static void EmitSkeleton(CodeWriter writer, IReadOnlyList<string> labels, string body)
    {
        if (labels.Count == 0)
            return;
        writer.Line("/// <summary>Stands in for the outputs of a network whose declaration has errors.</summary>");
        using (writer.Block($"public static class {ClassName}"))
        {
            foreach (var member in Members(labels))
            {
                writer.Line("/// <summary>Stands in for an output.</summary>");
                writer.Line($"public static {Type} {member} => {body}");
            }
        }

        writer.Line();
    }

    /// <summary>The members for the last layer's output and the named ones: <c>pool1</c> gives <c>Pool1</c>; what is taken gets an underscore.</summary>
    private static List<string> Members(IEnumerable<string> labels)
    {
        var members = new List<string> { Main };
        foreach (var label in labels)
        {
            var letters = label.Replace('.', '_');
            var member = char.IsLetter(letters[0]) || letters[0] == '_' ? char.ToUpperInvariant(letters[0]) + letters.Substring(1) : "_" + letters;
            while (Reserved.Contains(member) || members.Contains(member))
                member += "_";
            members.Add(member);
        }

        return members;
    }
}
