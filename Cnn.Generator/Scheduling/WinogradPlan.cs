using System.Collections.Generic;
using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Scheduling;

/// <summary>A Winograd convolution of inference: the order of its weights and the call that computes it.</summary>
internal sealed class WinogradPlan
{
    private readonly ConvTask _task;
    private readonly ConvChoice _choice;
    private readonly WinogradTiling _tiling;
    private readonly WinogradPacking _packing;

    public WinogradPlan(ConvTask task, ConvChoice choice, bool hasBias)
    {
        _task = task;
        _choice = choice;
        _tiling = choice.Winograd!;
        _packing = new WinogradPacking(_tiling, hasBias);
    }

    /// <summary>The choice, as the table of weights keeps it.</summary>
    public Placed Place(Node node) => new(node, 0, _packing, _choice);

    /// <summary>The call that computes the result.</summary>
    /// <param name="source">The source, with its border.</param>
    /// <param name="weights">The layer's weights.</param>
    /// <param name="target">The result.</param>
    /// <param name="epilogue">What happens to a sum before it is stored.</param>
    /// <param name="scratch">Memory for a band.</param>
    public ConvCall Forward(Value source, Operand weights, Value target, Epilogue epilogue, Value scratch)
    {
        var window = _task.Kernel.Window;
        var kernel = new WinogradKernel(
            _tiling, source.Layout.View, target.Layout.View, epilogue, _packing.HasBias, _choice.Reason);
        var operands = new List<Operand>
        {
            source.Operand.Plus(source.Layout.Corner(window.Top, window.Left)),
            weights,
        };
        if (_packing.HasBias)
            operands.Add(weights.Plus(_packing.BiasOffset));
        operands.Add(target.Operand.Plus(target.Layout.Origin));
        operands.Add(scratch.Operand);
        return new ConvCall(kernel, [.. operands]);
    }
}
