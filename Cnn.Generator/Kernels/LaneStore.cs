using System;
using System.Collections.Generic;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Kernels;

/// <summary>Stores the first lanes of a vector and no more, so that nothing beyond the tensor is touched.</summary>
internal static class LaneStore
{
    public static void Emit(CodeWriter writer, VectorWidth width, string vector, string target, int offset, int lanes)
    {
        if (lanes == width.Lanes)
        {
            writer.Line(VectorWidth.Store(vector, target, offset));
            return;
        }

        foreach (var line in Partial(width, vector, target, offset, lanes))
            writer.Line(line);
    }

    /// <summary>Stores the value of an expression, through a variable only where it is taken apart.</summary>
    public static void EmitValue(CodeWriter writer, VectorWidth width, string value, string variable, string target, int offset, int lanes)
    {
        if (lanes == width.Lanes)
        {
            writer.Line(VectorWidth.Store(value, target, offset));
            return;
        }

        if (value != variable)
            writer.Line($"{variable} = {value};");
        Emit(writer, width, variable, target, offset, lanes);
    }

    /// <summary>
    /// Stores half a vector that an expression yields: four lanes of a Vector256's pooled pairs, or two of a Vector128's.
    /// </summary>
    public static void EmitHalf(CodeWriter writer, VectorWidth width, Func<VectorWidth, string> value, string target, int offset)
    {
        var vector = value(VectorWidth.V128);
        writer.Line(width.Lanes == 8
            ? VectorWidth.Store(vector, target, offset)
            : $"VectorLanes.StoreTwo({vector}, ref {target}, {offset});");
    }

    private static IEnumerable<string> Partial(VectorWidth width, string vector, string target, int offset, int lanes)
    {
        var lane = 0;
        if (width.Lanes == 8)
        {
            if (lanes >= 4)
            {
                yield return VectorWidth.Store(vector + ".GetLower()", target, offset);
                vector += ".GetUpper()";
                offset += 4;
                lanes -= 4;
            }
            else
            {
                vector += ".GetLower()";
            }
        }

        for (; lane < lanes; lane++)
            yield return $"Unsafe.Add(ref {target}, {offset + lane}) = {vector}.GetElement({lane});";
    }
}
