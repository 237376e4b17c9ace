using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Declared;

/// <summary>A tensor of a file, as its header has it.</summary>
internal sealed record WeightsTensor(string Name, string DataType, EquatableArray<long> Shape);

/// <summary>A file of weights.</summary>
/// <param name="Path">From the folder of the project, with slashes.</param>
/// <param name="IsEmbedded">Whether it becomes a resource of the assembly.</param>
/// <param name="Tensors">Its tensors in the order of its header.</param>
/// <param name="Damage">Why it cannot be read; empty where it can.</param>
internal sealed record WeightsFile(string Path, bool IsEmbedded, EquatableArray<WeightsTensor> Tensors, string Damage)
{
    /// <summary>Gets what the file says of its order, as <c>OrderMark</c> has it; empty where it says nothing.</summary>
    public string Mark { get; init; } = "";
}

/// <summary>What the build says of the file that a network names.</summary>
/// <param name="Path">What the network names.</param>
/// <param name="File">The file, or null where the project has none of that name.</param>
/// <param name="Others">Where it has none, the files that it has.</param>
internal sealed record WeightsLookup(string Path, WeightsFile? File, EquatableArray<string> Others);

/// <summary>
/// What the build says of all files of weights: the text of the task <c>IndexWeights</c>, whose form <c>IndexText</c> describes. What is
/// not of this form is passed over, whatever it is.
/// </summary>
internal sealed record WeightsIndex(EquatableArray<WeightsFile> Files)
{
    /// <summary>The file in which the build hands it over.</summary>
    public const string FileName = "Cnn.Weights.index";

    private const string Version = "weights\t1";

    public static WeightsIndex Parse(string text)
    {
        var lines = text.Split('\n');
        if (lines[0] != Version)
            return new WeightsIndex([]);
        var files = new List<WeightsFile>();
        var tensors = new List<WeightsTensor>();
        foreach (var line in lines.Skip(1))
        {
            var fields = line.Split('\t').Select(Unescape).ToArray();
            switch (fields[0])
            {
                case "file" when fields.Length == 3:
                    Close();
                    files.Add(new WeightsFile(fields[1], fields[2] == "embedded", [], ""));
                    break;

                case "tensor" when fields.Length == 4 && Shape(fields[3]) is { } dimensions:
                    tensors.Add(new WeightsTensor(fields[1], fields[2], dimensions));
                    break;

                case "order" when fields.Length == 2 && files.Count > 0:
                    files[files.Count - 1] = files[files.Count - 1] with { Mark = fields[1] };
                    break;

                case "damaged" when fields.Length == 2 && files.Count > 0:
                    files[files.Count - 1] = files[files.Count - 1] with { Damage = fields[1] };
                    break;
            }
        }

        Close();
        return new WeightsIndex(files.ToEquatableArray());

        void Close()
        {
            if (files.Count > 0)
                files[files.Count - 1] = files[files.Count - 1] with { Tensors = tensors.ToEquatableArray() };
            tensors.Clear();
        }
    }

    /// <summary>What it has for a <c>[Weights]</c>; null where there is none.</summary>
    public WeightsLookup? Find(LayerDeclaration? attribute)
    {
        if (attribute is null or { IsBroken: true })
            return null;
        var path = (attribute.Find("path")?.Value as string ?? "").Replace('\\', '/');
        var file = Files.FirstOrDefault(file => file.Path == path);
        return new WeightsLookup(path, file, file is null ? Files.Select(other => other.Path).ToEquatableArray() : []);
    }

    private static EquatableArray<long>? Shape(string text)
    {
        if (text.Length == 0)
            return [];
        var dimensions = new List<long>();
        foreach (var part in text.Split(','))
        {
            if (!long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var dimension))
                return null;
            dimensions.Add(dimension);
        }

        return dimensions.ToEquatableArray();
    }

    /// <summary>A backslash stands before the four hexadecimal digits of a character.</summary>
    private static string Unescape(string field)
    {
        if (field.IndexOf('\\') < 0)
            return field;
        var text = new StringBuilder();
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] == '\\' && i + 4 < field.Length
                && ushort.TryParse(field.Substring(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                text.Append((char)code);
                i += 4;
            }
            else
            {
                text.Append(field[i]);
            }
        }

        return text.ToString();
    }
}
