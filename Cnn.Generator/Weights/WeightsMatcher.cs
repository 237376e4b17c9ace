using System;
using System.Linq;
using Cnn.Generator.Declared;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Weights;

/// <summary>
/// Holds the file of weights to the network as the runtime does when it loads one, tensor by tensor in the order of the file, and reports
/// the first that is not the network's.
/// </summary>
internal static class WeightsMatcher
{
    private const string Extension = ".safetensors";

    private static readonly Place Where = Place.Weights.At("path");

    /// <summary>Reports what is wrong with the file; nothing where none is named or nobody has looked for it.</summary>
    /// <param name="declaration">The declaration, with what the build says.</param>
    /// <param name="network">The network; null if its declaration has errors, so that no tensor of it is known.</param>
    /// <param name="faults">Receives the fault.</param>
    public static void Run(NetworkDeclaration declaration, Network? network, FaultList faults)
    {
        if (declaration is not { Weights: { } attribute, WeightsLookup: { } lookup })
            return;
        if (lookup.File is not { } file)
            ReportMissingFile(attribute.Text, lookup, faults);
        else if (file.Damage.Length > 0)
            faults.Report(Rules.WeightsDamaged, Where, attribute.Text, TensorMatch.Escape(file.Damage));
        else if (!file.IsEmbedded)
            faults.Report(Rules.WeightsNotEmbedded, Where, attribute.Text, TensorMatch.Escape(file.Path));
        else if (OrderMatcher.Refuse(attribute, file) is { } foreign)
            faults.Report(Rules.WeightsOrder, Where, attribute.Text, foreign);
        else if (network is not null && Match(attribute.Text, file, network, faults) && OrderMatcher.Refuse(attribute, file, network) is { } order)
            faults.Report(Rules.WeightsOrder, Where, attribute.Text, order);
    }

    private static void ReportMissingFile(string attribute, WeightsLookup lookup, FaultList faults)
    {
        const int Most = 5;
        var stems = lookup.Others.Select(Stem).ToList();
        var stem = Stem(lookup.Path);
        var elsewhere = stems.FindIndex(other => FileName(other) == FileName(stem));
        var index = elsewhere >= 0 ? elsewhere : Spelling.Nearest(stem, stems) is { } near ? stems.IndexOf(near) : -1;
        var shown = lookup.Others.Take(Most).Select(AttributeText.Quoted);
        var more = lookup.Others.Count > Most ? " and " + Text.Number(lookup.Others.Count - Most) + " more" : "";
        faults.Report(
            Rules.WeightsNotFound,
            Where,
            attribute,
            AttributeText.Quoted(lookup.Path),
            Meant(index < 0 ? null : lookup.Others[index]),
            lookup.Others.Count == 0 ? "no .safetensors file" : string.Join(", ", shown) + more);
    }

    /// <summary>Whether the file has the network's tensors; else the first fault is reported.</summary>
    private static bool Match(string attribute, WeightsFile file, Network network, FaultList faults)
    {
        var wanted = network.Nodes.SelectMany(node => node.Layer.Parameters(node.Input), (node, parameter) => new Wanted(node, parameter)).ToList();
        var byName = wanted.ToDictionary(tensor => tensor.Name);
        foreach (var tensor in file.Tensors)
        {
            var name = TensorMatch.Display(tensor.Name);
            if (!byName.TryGetValue(tensor.Name, out var ours))
            {
                if (TensorMatch.IsPassedOver(tensor.Name))
                    continue;
                var unread = wanted.Select(other => other.Name).Except(file.Tensors.Select(other => other.Name)).ToList();
                var lists = NameLists.Compare(
                    [.. wanted.Select(other => new NamedShape(other.Name, [.. other.Parameter.Dimensions.Select(dimension => (long)dimension)]))],
                    [.. file.Tensors.Select(other => new NamedShape(other.Name, [.. other.Shape]))]);
                faults.Report(
                    Rules.WeightsUnknown, Where, attribute, name, TensorMatch.Unknown, Meant(Spelling.Nearest(tensor.Name, unread)) + lists);
                return false;
            }

            if (TensorMatch.RefuseType(tensor.DataType) is { } type)
            {
                faults.Report(Rules.WeightsType, Where, attribute, name, type);
                return false;
            }

            if (TensorMatch.RefuseShape(tensor.Shape, ours.Parameter.Dimensions) is { } shape)
            {
                var owner = $"{ours.Node.Name} is {ours.Node.Layer.Title} on {ours.Node.Input}";
                faults.Report(Rules.WeightsShape, Where, attribute, name, shape, owner);
                return false;
            }

            byName.Remove(tensor.Name);
        }

        if (wanted.Find(tensor => byName.ContainsKey(tensor.Name)) is { } missing)
        {
            var owner = $"{missing.Node.Name}, {missing.Node.Layer.Title}, has one";
            faults.Report(Rules.WeightsMissing, Where, attribute, missing.Name, TensorMatch.Missing, owner);
            return false;
        }

        return true;
    }

    private static string Meant(string? nearest) => nearest is null ? "" : " (did you mean " + AttributeText.Quoted(nearest) + "?)";

    /// <summary>The extension, which all files share, would make any two of them similar.</summary>
    private static string Stem(string path) =>
        path.EndsWith(Extension, StringComparison.Ordinal) ? path.Substring(0, path.Length - Extension.Length) : path;

    private static string FileName(string path) => path.Substring(path.LastIndexOf('/') + 1);

    /// <summary>A tensor of the network.</summary>
    private sealed record Wanted(Node Node, ParameterSpec Parameter)
    {
        public string Name => Node.Name + "." + Parameter.Suffix;
    }
}
