using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>Builds the transforms of pairs of rows.</summary>
internal static class RowPairTransforms
{
    extension(RowPairs pairs)
    {
        /// <summary>Prints the transform of rows of the source: <see cref="RowPairs.Products"/> rows of so many floats, at least <see cref="PairThresholds.FewestFloats"/>.</summary>
        public void EmitSource(KernelBody body, VectorWidth width, string from, int fromRow, string to, int length) =>
            Emit(body, width, "d", pairs.Taps + 1, _ => pairs.Common.Concat(pairs.Own).Select(product => product.Source), from, fromRow, to, length);

        /// <summary>Prints the transform of rows of the kernel.</summary>
        public void EmitWeights(KernelBody body, VectorWidth width, string from, string to, int length) =>
            Emit(body, width, "g", pairs.Taps, fitting => pairs.Weights.Select(row => row.IsHalved ? fitting.Times($"({row.Sum})", "0.5f") : row.Sum), from, length, to, length);
    }

    private static void Emit(
        KernelBody body,
        VectorWidth width,
        string name,
        int rows,
        Func<VectorWidth, IEnumerable<string>> transformed,
        string from,
        int fromRow,
        string to,
        int length)
    {
        while (width.Lanes > length)
            width = width.Half;
        var (scope, x) = TileLoop.Open(body, "x", length, width.Lanes);
        using (scope)
        {
            body.Declare(width.Local, RowPairs.Names(name, 0, rows).Select((row, i) => new LocalVariable(row, width.LoadAt(from, Kernel.Distance(i * fromRow, (x, 1))))));
            var row = 0;
            foreach (var result in transformed(width))
                body.Add(width.StoreAt(result, to, Kernel.Distance(row++ * length, (x, 1))));
        }
    }
}
