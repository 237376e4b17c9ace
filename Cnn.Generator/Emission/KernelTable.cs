using System.Collections.Generic;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Emission;

/// <summary>The kernels of a network, each under one name, however often and by whichever pass it is called.</summary>
internal sealed class KernelTable
{
    private readonly Dictionary<Kernel, string> _names = new();
    private readonly HashSet<string> _taken = new();
    private readonly List<(string Name, Kernel Kernel, string Comment)> _inOrder = new();

    public IReadOnlyList<(string Name, Kernel Kernel, string Comment)> InOrder => _inOrder;

    public string NameOf(Step step)
    {
        if (_names.TryGetValue(step.Kernel, out var known))
            return known;
        var name = step.Name;
        for (var number = 2; !_taken.Add(name); number++)
            name = step.Name + "Variant" + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        _names.Add(step.Kernel, name);
        _inOrder.Add((name, step.Kernel, step.Comment));
        return name;
    }

    /// <summary>The method of one part of a kernel at one width.</summary>
    public static string Method(string name, Kernel kernel, VectorWidth? width, int part)
    {
        var suffix = kernel.Parts == 1 ? "" : "Part" + (part + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return name + suffix + (width?.Type ?? "");
    }
}
