using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>Stores the first lanes of a vector and no more, so that nothing beyond the tensor is touched.</summary>
internal static class LaneStore
{
    public static void Emit(KernelBody body, VectorWidth width, string vector, string target, int offset, int lanes)
    {
        foreach (var statement in Statements(width, vector, vector, target, offset, lanes))
            body.Add(statement);
    }

    /// <summary>The statements that store the values of expressions side by side, by one call where all lanes count.</summary>
    /// <param name="width">The vectors.</param>
    /// <param name="values">Each value, and the variable through which it is taken apart where not all of its lanes count.</param>
    /// <param name="target">Where to.</param>
    /// <param name="offset">The distance of the first lane.</param>
    /// <param name="lanes">The lanes of all of them that count.</param>
    public static IEnumerable<Statement> SideBySide(
        VectorWidth width, IReadOnlyList<(string Value, string Variable)> values, string target, int offset, int lanes) =>
        lanes == values.Count * width.Lanes
            ? [width.Store([.. values.Select(value => value.Value)], target, offset)]
            : values.SelectMany((value, q) => Statements(
                width, value.Value, value.Variable, target, offset + (q * width.Lanes), Math.Min(width.Lanes, lanes - (q * width.Lanes))));

    /// <summary>The statements that store the value of an expression, through a variable only where it is taken apart.</summary>
    public static IEnumerable<Statement> Statements(VectorWidth width, string value, string variable, string target, int offset, int lanes)
    {
        if (lanes == width.Lanes)
            return [width.Store(value, target, offset)];
        var parts = Partial(width, variable, target, offset, lanes);
        return value == variable ? parts : parts.Prepend(new Assignment(variable, value));
    }

    /// <summary>
    /// Stores half a vector that an expression yields: half of the lanes' pooled pairs, of a Vector128 two.
    /// </summary>
    public static void EmitHalf(KernelBody body, VectorWidth width, Func<VectorWidth, string> value, string target, int offset)
    {
        var vector = value(width.Half);
        body.Add(width.Lanes > VectorWidth.V128.Lanes
            ? width.Half.Store(vector, target, offset)
            : new Call("VectorLanes.StoreTwo", [vector, "ref " + target, Text.Number(offset)]));
    }

    /// <summary>Stores the halves of a vector that an expression yields in rows one below the other.</summary>
    public static void EmitHalves(KernelBody body, string value, string target, int offset, int row) =>
        body.Call("VectorLanes.StoreHalves", value, $"ref {target}", offset, offset + row);

    private static IEnumerable<Statement> Partial(VectorWidth width, string vector, string target, int offset, int lanes)
    {
        while (width.Lanes > VectorWidth.V128.Lanes)
        {
            width = width.Half;
            if (lanes < width.Lanes)
            {
                vector += ".GetLower()";
                continue;
            }

            yield return width.Store(vector + ".GetLower()", target, offset);
            vector += ".GetUpper()";
            offset += width.Lanes;
            lanes -= width.Lanes;
        }

        for (var lane = 0; lane < lanes; lane++)
            yield return new Assignment($"Add(ref {target}, {offset + lane})", $"{vector}.GetElement({lane})");
    }
}
