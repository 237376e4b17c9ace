using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Planning;

/// <summary>The faults of a program: a few sentences, each about another call.</summary>
internal sealed class ProgramFaults(Network network)
{
    private const int Most = 20;

    private readonly List<string> _faults = [];
    private readonly HashSet<(string Step, string Parameter)> _known = [];
    private readonly Dictionary<int, string> _names = [];

    public EquatableArray<string> All => _faults.ToEquatableArray();

    /// <summary>Adds a sentence about a call, unless there is one about the same parameter.</summary>
    /// <param name="step">The call.</param>
    /// <param name="parameter">The parameter; empty where it is about the call.</param>
    /// <param name="text">The fault.</param>
    public void Add(Step step, string parameter, string text)
    {
        if (_known.Add((step.Name, parameter)))
            Add(parameter.Length == 0 ? $"{step.Name} {text}" : $"{step.Name}: its {parameter} {text}");
    }

    public void Add(string text)
    {
        if (_faults.Count < Most)
            _faults.Add(text);
    }

    /// <summary>Keeps the name of a buffer.</summary>
    public void Name(TracedBuffer buffer) => _names[buffer.Key] = buffer.Name;

    public string NameOf(int buffer) => _names.TryGetValue(buffer, out var name) ? name : "another buffer";

    /// <summary>The nodes whose value a content is.</summary>
    public string Describe(Content content) => content.Makers.Count == 0 ? "no node" : string.Join(" and ", content.Makers.Select(maker =>
        (network.Nodes.FirstOrDefault(node => node.Source == maker.Node)?.Name ?? "the caller") + (maker.IsBackward ? "'s backward pass" : "")));
}
