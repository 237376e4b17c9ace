using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Shapes;

/// <summary>A value on its way: who computes it and what is known of it.</summary>
/// <param name="Node">The node; empty where it was not made, because something is unknown.</param>
/// <param name="Shape">Its shape, or null where it is unknown.</param>
/// <param name="Producer">The layer that gave it its shape.</param>
/// <param name="VectorSince">The attribute that turned the volume into a vector, in normal form.</param>
internal sealed record Wire(string Node, Shape? Shape, Producer Producer, string VectorSince);

/// <summary>The names within a network or within one use of a block.</summary>
internal sealed class Scope(string prefix, Wire input)
{
    private readonly Dictionary<string, int> _numbers = [];
    private readonly Dictionary<string, Wire> _values = new() { [Network.InputName] = input };
    private readonly HashSet<string> _taken = [];

    /// <summary>Gets what stands before every name: <c>layer1.0.</c>; empty in the network itself.</summary>
    public string Prefix => prefix;

    public IEnumerable<string> Names => _values.Keys.OrderBy(name => name, System.StringComparer.Ordinal);

    /// <summary>A name that nothing has yet: <c>conv1</c>, <c>conv2</c>.</summary>
    public string Next(string stem)
    {
        string name;
        do
        {
            _numbers.TryGetValue(stem, out var number);
            _numbers[stem] = number + 1;
            name = stem + Text.Number(number + 1);
        }
        while (!_taken.Add(name));
        return name;
    }

    /// <summary>Takes a name that was given.</summary>
    /// <returns>False where it is taken.</returns>
    public bool Take(string name) => _taken.Add(name);

    public void Define(string name, Wire wire) => _values[name] = wire;

    public Wire? Find(string name) => _values.TryGetValue(name, out var wire) ? wire : null;
}
