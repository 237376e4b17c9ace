using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Reference;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>
/// The scale of the tolerance of gradients: the largest of their tensor. If the terms of a tensor cancel altogether,
/// as those of a bias before a batch normalisation do, only rounding remains, and the scale is the network's. If they cancel
/// in part, it is at least a part of the network's. If all of a network cancel, it is that of its inputs.
/// </summary>
internal sealed class GradientScale(ReferenceGradients expected)
{
    private const double Cancelled = 1e-2;
    private const double Vanished = 1e-9;

    private readonly double _network = OfNetwork(expected);

    public bool Agrees(string name, IEnumerable<double> actual) => Error(name, actual) <= ReferenceComparison.GradientTolerance;

    private static double OfNetwork(ReferenceGradients expected)
    {
        var largest = expected.Parameters.Values.SelectMany(values => values).Select(Math.Abs).DefaultIfEmpty().Max();
        return largest < Vanished ? ReferenceComparison.LeastScale : largest;
    }

    public double Error(string name, IEnumerable<double> actual)
    {
        var values = expected.Parameters[name];
        var largest = values.Select(Math.Abs).Max();
        var scale = largest <= Vanished * _network ? _network : Math.Max(largest, Cancelled * _network);
        var error = values.Zip(actual).Select(pair => Math.Abs(pair.First - pair.Second)).Max(difference => double.IsNaN(difference) ? double.MaxValue : difference);
        return error == 0 ? 0 : error / scale;
    }
}
