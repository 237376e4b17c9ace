using System.Collections.Generic;
using Cnn.Generator.Layers;

namespace Cnn.Generator.ShapeInference;

/// <summary>Why a reader of what is computed later cannot have it.</summary>
internal static class Waiting
{
    /// <summary>The end of a sentence that begins with what is read: who computes it, and the way out.</summary>
    /// <param name="items">The items of the scope.</param>
    /// <param name="reader">The index of the reader.</param>
    /// <param name="maker">The index of what bears the name.</param>
    public static string Explain(IReadOnlyList<BuiltItem> items, int reader, int maker)
    {
        const string another = "read an output that stands before it";
        if (maker == reader)
            return "it computes itself; " + another;
        var text = items[maker].Declaration.Text;
        return DependsOn(items, maker, reader)
            ? text + " computes from it, so that the two would wait for each other; " + another
            : text + " computes only later; put " + text + " before it";
    }

    /// <summary>Whether an item reads another, itself or through those between.</summary>
    private static bool DependsOn(IReadOnlyList<BuiltItem> items, int item, int other)
    {
        var seen = new HashSet<int>();
        var open = new Stack<int>([item]);
        while (open.Count > 0)
        {
            var next = open.Pop();
            if (next == other)
                return true;
            if (next < 0 || !seen.Add(next))
                continue;
            open.Push(items[next].From is { } from ? Find(items, from) : Before(items, next));
            if (items[next] is BuiltLayer { Layer: { } layer })
            {
                foreach (var name in layer.With)
                    open.Push(Find(items, name));
            }
        }

        return false;
    }

    private static int Find(IReadOnlyList<BuiltItem> items, string name)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].Name == name)
                return i;
        }

        return -1;
    }

    /// <summary>The item whose output arrives at another; an output takes no part in the chain.</summary>
    private static int Before(IReadOnlyList<BuiltItem> items, int index)
    {
        do
            index--;
        while (index >= 0 && items[index] is BuiltOutput);
        return index;
    }
}
