using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Declared;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.ShapeInference;

/// <summary>A value on its way: who computes it and what is known of it.</summary>
/// <param name="Node">The node; empty where it was not made, because something is unknown.</param>
/// <param name="Shape">Its shape, or null where it is unknown.</param>
/// <param name="Producer">The layer that gave it its shape.</param>
/// <param name="VectorSince">The attribute that turned the volume into a vector, in normal form.</param>
internal sealed record Wire(string Node, Shape? Shape, Producer Producer, string VectorSince)
{
    /// <summary>The same where something went wrong: nothing is known of it.</summary>
    public Wire ToUnknown() => this with { Node = "", Shape = null };
}

/// <summary>The names within a network or within one use of a block, which sees none but its own.</summary>
internal sealed class Scope
{
    /// <summary>More names are too many to read in a message.</summary>
    private const int MostListed = 8;

    private readonly Dictionary<string, int> _numbers = [];
    private readonly Dictionary<string, Wire> _values = [];
    private readonly List<string> _names = [];
    private readonly List<string> _given = [];
    private readonly HashSet<string> _taken;

    /// <summary>The names of a network.</summary>
    public Scope(Wire input)
        : this("", input, [])
    {
    }

    private Scope(string prefix, Wire input, HashSet<string> taken)
    {
        Prefix = prefix;
        _taken = taken;
        Define(Network.InputName, input, isGiven: true);
    }

    /// <summary>Gets what stands before every name: <c>layer1.0.</c>; empty in the network itself.</summary>
    public string Prefix { get; }

    /// <summary>Gets or sets a value indicating whether there are names that nobody knows, because C# refuses an attribute.</summary>
    public bool IsVague { get; set; }

    /// <summary>The names that can be read, as a list in a message; where there are many, the last of those that were given.</summary>
    public string Listed()
    {
        var names = _names.Count <= MostListed ? _names : _given;
        var first = Math.Max(0, names.Count - MostListed);
        var listed = names.GetRange(first, names.Count - first).Select(AttributeText.Quoted);
        return (names.Count > MostListed ? "..., " : "") + string.Join(", ", listed);
    }

    /// <summary>The name for which another was probably meant; null where none is like it.</summary>
    public string? Nearest(string name) => Spelling.Nearest(name, _names);

    /// <summary>The names of one use of a block.</summary>
    public Scope Inner(string local, Wire input) => new(Prefix + local + ".", input, _taken);

    /// <summary>A name that nothing has yet: <c>conv1</c>, <c>conv2</c>.</summary>
    public string Next(string stem) => Next(stem, 1);

    /// <summary>The name of the next repetition, from the first number that is free: <c>layer3.0</c>, <c>layer3.1</c>.</summary>
    public string NextTurn(string name) => Next(name + ".", 0);

    /// <summary>Takes a name that was given.</summary>
    /// <returns>False where it is taken, in this scope or by what another is called with its prefix.</returns>
    public bool Take(string name) => _taken.Add(Prefix + name);

    public void Define(string name, Wire wire, bool isGiven = false)
    {
        if (!_values.ContainsKey(name))
        {
            _names.Add(name);
            if (isGiven)
                _given.Add(name);
        }

        _values[name] = wire;
    }

    /// <summary>The name by which a value can be read; null where it has none here.</summary>
    public string? NameOf(Wire wire) => _names.LastOrDefault(name => _values[name] == wire);

    public Wire? Find(string name) => _values.TryGetValue(name, out var wire) ? wire : null;

    private string Next(string stem, int first)
    {
        string name;
        do
        {
            var number = _numbers.TryGetValue(stem, out var last) ? last + 1 : first;
            _numbers[stem] = number;
            name = stem + Text.Number(number);
        }
        while (!Take(name));
        return name;
    }
}
