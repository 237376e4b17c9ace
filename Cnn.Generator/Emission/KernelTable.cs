using System.Collections.Generic;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Emission;

/// <summary>The kernels of a network, each under one name, however often and by whichever pass it is called.</summary>
internal sealed class KernelTable
{
    private readonly Dictionary<Kernel, string> _names = new();
    private readonly HashSet<string> _taken = new();
    private readonly List<(string Name, Kernel Kernel, string Comment)> _inOrder = new();

    public IReadOnlyList<(string Name, Kernel Kernel, string Comment)> InOrder => _inOrder;

    /// <summary>The same step by a kernel that an inference shares among threads, where there is one: alone it computes the same.</summary>
    public Step Twin(Step step)
    {
        var shared = step.Kernel with { IsShared = true };
        return _names.ContainsKey(shared) ? step with { Kernel = shared } : step;
    }

    public string NameOf(Step step)
    {
        if (_names.TryGetValue(step.Kernel, out var known))
            return known;

        // Locals begin with anything but a capital; so no local hides a kernel.
        var stem = char.IsUpper(step.Name[0]) ? step.Name : "Layer" + step.Name;
        var name = stem;
        for (var number = 2; !_taken.Add(name); number++)
            name = stem + "Variant" + Text.Number(number);
        _names.Add(step.Kernel, name);
        _inOrder.Add((name, step.Kernel, step.Comment));
        return name;
    }
}
