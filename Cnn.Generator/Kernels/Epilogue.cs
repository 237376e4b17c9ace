using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>A 2x2 pooling of stride 2 computed in the registers of a convolution's tile.</summary>
internal enum FusedPool
{
    None,
    Max,
    Average,
}

/// <summary>What happens to a sum before it is stored: pooling and activation.</summary>
internal sealed record Epilogue(FusedPool Pool, ActivationLayer? Activation)
{
    public static readonly Epilogue Nothing = new(FusedPool.None, null);

    /// <summary>What is fused behind a node.</summary>
    public static Epilogue Of(Node node)
    {
        var pool = node.Pool?.Layer is PoolLayer fused ? fused.IsMax ? FusedPool.Max : FusedPool.Average : FusedPool.None;
        return new Epilogue(pool, (ActivationLayer?)node.Activation);
    }

    /// <summary>The activation of a vector expression.</summary>
    public string Activate(VectorWidth width, string value)
    {
        if (Activation is null)
            return value;
        return Activation.Function == ActivationFunction.Relu
            ? $"Relu{Infrastructure.Text.Number(width.Lanes)}({value})"
            : $"VectorMath.{Activation.Function}({string.Join(", ", Numbers(Activation).Prepend(value))})";
    }

    /// <summary>The numbers of an activation as further arguments of a call.</summary>
    public static IEnumerable<CallArgument> Numbers(ActivationLayer activation) => activation.Numbers.Select(number => (CallArgument)Text.Literal(number));

    /// <summary>
    /// Activation and vertical pooling of values that become one: the activation first where it does not commute with the pooling.
    /// </summary>
    public string Combine(VectorWidth width, params string[] values)
    {
        if (Pool == FusedPool.Average)
            values = Array.ConvertAll(values, value => Activate(width, value));
        var separator = Pool == FusedPool.Max ? "Max" : "Add";
        while (values.Length > 1)
        {
            var half = new string[values.Length / 2];
            for (var i = 0; i < half.Length; i++)
                half[i] = $"{width.Type}.{separator}({values[2 * i]}, {values[(2 * i) + 1]})";
            values = half;
        }

        return values[0];
    }

    /// <summary>What remains after <see cref="Combine"/> has brought the whole window together.</summary>
    public string Finish(VectorWidth width, string value) => Pool switch
    {
        FusedPool.Average => $"({width.Times(value, "0.25f")})",
        _ => Activate(width, value),
    };

    /// <summary>The words for the documentation: <c>2x2 max pooling and Relu</c>.</summary>
    public string Describe()
    {
        var pool = Pool switch { FusedPool.Max => "2x2 max pooling", FusedPool.Average => "2x2 average pooling", _ => "" };
        if (Activation is null)
            return pool;
        if (pool.Length == 0)
            return Activation.Kind;
        return Pool == FusedPool.Average ? Activation.Kind + " and " + pool : pool + " and " + Activation.Kind;
    }

}
