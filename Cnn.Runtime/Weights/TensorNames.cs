using System;
using System.Collections.Generic;

namespace Cnn;

/// <summary>A file's names for the tensors of a network.</summary>
internal sealed class TensorNames
{
    private readonly string[] _inFile;

    private TensorNames(string[] inFile, bool isMapped)
    {
        _inFile = inFile;
        IsMapped = isMapped;
    }

    /// <summary>Gets a value indicating whether the file may have other names than the network.</summary>
    public bool IsMapped { get; }

    public static TensorNames Same(IReadOnlyList<ParameterTensor> tensors)
    {
        var names = new string[tensors.Count];
        for (var i = 0; i < names.Length; i++)
            names[i] = tensors[i].Name;
        return new TensorNames(names, isMapped: false);
    }

    /// <exception cref="ArgumentException">Two tensors get the same name, or one gets none.</exception>
    public static TensorNames Of(IReadOnlyList<ParameterTensor> tensors, Func<string, string> names)
    {
        var inFile = new string[tensors.Count];
        var ours = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < inFile.Length; i++)
        {
            var name = tensors[i].Name;
            inFile[i] = names(name) ?? throw new ArgumentException($"The map gives no name for {name}.", nameof(names));
            if (!ours.TryAdd(inFile[i], name))
            {
                throw new ArgumentException(
                    $"The map gives {ours[inFile[i]]} and {name} the same name \"{inFile[i]}\", but each is read from its own entry.",
                    nameof(names));
            }
        }

        return new TensorNames(inFile, isMapped: true);
    }

    /// <exception cref="ArgumentException">A key fits no tensor, or two tensors get the same name.</exception>
    public static TensorNames Of(IReadOnlyList<ParameterTensor> tensors, IReadOnlyDictionary<string, string> names)
    {
        var unused = new HashSet<string>(names.Keys, StringComparer.Ordinal);
        foreach (var tensor in tensors)
        {
            foreach (var key in names.Keys)
            {
                if (IsWithin(tensor.Name, key))
                    unused.Remove(key);
            }
        }

        foreach (var key in unused)
            throw new ArgumentException($"The map has \"{key}\", but the network has no parameter, layer or block of that name.", nameof(names));
        return Of(tensors, name => InFile(name, names));
    }

    /// <summary>The file's name for the tensor of this index.</summary>
    public string InFile(int index) => _inFile[index];

    private static string InFile(string name, IReadOnlyDictionary<string, string> names)
    {
        for (var end = name.Length; end > 0; end = name.LastIndexOf('.', end - 1))
        {
            if (names.TryGetValue(name[..end], out var mapped))
                return mapped + name[end..];
        }

        return name;
    }

    private static bool IsWithin(string name, string key) =>
        name.StartsWith(key, StringComparison.Ordinal) && (name.Length == key.Length || name[key.Length] == '.');
}
