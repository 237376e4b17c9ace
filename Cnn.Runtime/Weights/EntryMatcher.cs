using System;
using System.Collections.Generic;
using System.Linq;

namespace Cnn;

/// <summary>An entry of a file and the tensor that is read from it.</summary>
/// <param name="Index">The tensor's index; -1 for an entry that is skipped.</param>
/// <param name="Name">The file's name for it, as messages show it.</param>
/// <param name="Entry">The header's entry for it.</param>
/// <param name="Flattened">The move of its numbers; null if they stay.</param>
internal readonly record struct MatchedEntry(int Index, string Name, SafetensorsEntry Entry, FlattenedTensor? Flattened);

/// <summary>Finds the tensors of a network among the entries of a file: each once and nothing else.</summary>
/// <param name="file">The file's name, for messages.</param>
/// <param name="names">The file's names for the tensors; null if they are the network's.</param>
/// <param name="order">The order of the network and that of the file; null if no number is to be moved.</param>
internal sealed class EntryMatcher(string file, TensorNames? names, OrderOfNetwork? order)
{
    /// <summary>The entries in the order of the header, of the right type, shape, length and order.</summary>
    /// <param name="tensors">The network's tensors.</param>
    /// <param name="entries">The file's entries.</param>
    /// <param name="mark">The mark of the file by <see cref="OrderMark.Of"/>.</param>
    /// <exception cref="WeightsFormatException">The file has other tensors, or others in another order.</exception>
    public List<MatchedEntry> Match(IReadOnlyList<ParameterTensor> tensors, List<KeyValuePair<string, SafetensorsEntry>> entries, string mark)
    {
        if (order?.Refuse(mark) is { } foreign)
            throw Refuse(foreign);
        var indices = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var index = 0; index < tensors.Count; index++)
            indices.Add(NameInFile(tensors, index), index);

        var matched = new List<MatchedEntry>();
        foreach (var (name, entry) in entries)
        {
            var shown = TensorMatch.Display(name);
            if (indices.Remove(name, out var index))
                Check(tensors[index], shown, entry);
            else if (TensorMatch.IsPassedOver(name))
                index = -1;
            else
                throw Refuse(Unknown(tensors, entries), shown);
            if (SafetensorsFormat.RefuseLength(entry) is { } reason)
                throw Refuse(reason, shown);
            matched.Add(new MatchedEntry(index, shown, entry, null));
        }

        if (indices.Count > 0)
            throw Missing(tensors, indices.Values.Min());
        return order is null ? matched : InOrder(tensors, matched, mark);
    }

    private List<MatchedEntry> InOrder(IReadOnlyList<ParameterTensor> tensors, List<MatchedEntry> matched, string mark)
    {
        var (reason, moved) = order!.Match(mark, tensors);
        if (reason is not null)
            throw Refuse(reason);
        if (moved.Count == 0)
            return matched;
        return
        [
            .. matched.Select(match => match.Index >= 0 && moved.TryGetValue(tensors[match.Index].Name, out var flattened)
                ? match with { Flattened = flattened }
                : match),
        ];
    }

    private string Unknown(IReadOnlyList<ParameterTensor> tensors, List<KeyValuePair<string, SafetensorsEntry>> entries)
    {
        var reason = names is { IsMapped: true } ? "no tensor of the network is read from it" : TensorMatch.Unknown;
        var ours = tensors.Select((tensor, index) => new NamedShape(NameInFile(tensors, index), [.. tensor.Shape.Select(dimension => (long)dimension)]));
        return reason + NameLists.Compare([.. ours], [.. entries.Select(entry => new NamedShape(entry.Key, entry.Value.Shape))]);
    }

    private WeightsFormatException Missing(IReadOnlyList<ParameterTensor> tensors, int index)
    {
        var inFile = NameInFile(tensors, index);
        var reader = inFile == tensors[index].Name ? "" : $", from which {tensors[index].Name} is read";
        return Refuse(TensorMatch.Missing + reader, TensorMatch.Display(inFile));
    }

    private void Check(ParameterTensor tensor, string name, SafetensorsEntry entry)
    {
        if ((TensorMatch.RefuseType(entry.DataType) ?? TensorMatch.RefuseShape(entry.Shape, tensor.Shape)) is { } reason)
            throw Refuse(reason, name);
    }

    private string NameInFile(IReadOnlyList<ParameterTensor> tensors, int index) => names?.InFile(index) ?? tensors[index].Name;

    private WeightsFormatException Refuse(string reason, string? tensor = null) => new(file, reason, tensor);
}
