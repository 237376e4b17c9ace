using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Schedules;

namespace Cnn.Generator.Scheduling;

/// <summary>A Winograd convolution: the order of its weights at inference and the call that computes it.</summary>
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

    /// <summary>Gets the floats of the transformed weights.</summary>
    public int FilterLength => _tiling.WeightsLength;

    /// <summary>Gets what makes them in training.</summary>
    public WinogradFilterKernel Transform => new(_tiling);

    /// <summary>Gets the memory that a call needs.</summary>
    public TensorLayout ScratchLayout => ScratchOf(_tiling);

    /// <summary>The memory for what a Winograd convolution keeps of a band.</summary>
    public static TensorLayout ScratchOf(WinogradTiling tiling) => TensorLayout.Dense(Shape.Vector(checked((int)tiling.Scratch)), VolumeLayout.Hwc);

    /// <summary>The bias behind the transformed weights, where inference keeps it.</summary>
    public Operand BiasBehind(Operand weights) => weights.Plus(_packing.BiasOffset);

    /// <summary>The choice, as the table of weights keeps it.</summary>
    public Placed Place(Node node) => new(node, 0, _packing, _choice);

    /// <summary>The call that computes the result.</summary>
    /// <param name="source">The source, with its border.</param>
    /// <param name="filters">The transformed weights.</param>
    /// <param name="bias">The bias, of a convolution that has one.</param>
    /// <param name="target">The result.</param>
    /// <param name="epilogue">What happens to a sum before it is stored.</param>
    /// <param name="residual">What is added to the result; null where nothing is.</param>
    /// <param name="scratch">Memory for a band.</param>
    public ConvCall Forward(Value source, Operand filters, Operand bias, Value target, Epilogue epilogue, Value? residual, Operand scratch)
    {
        var window = _task.Phases[0].Geometry.Window;
        var kernel = new WinogradKernel(
            _tiling, source.Layout.View, target.Layout.View, epilogue, _packing.HasBias, _choice.Reason)
        { Residual = residual?.Layout.View };
        return new ConvCall(kernel, kernel.Order(
            ("image", source.Operand.Plus(source.Layout.Corner(window.Top, window.Left))),
            ("filters", filters),
            ("bias", bias),
            ("residual", residual is { } other ? other.Operand.Plus(other.Layout.Origin) : default),
            ("result", target.Operand.Plus(target.Layout.Origin)),
            ("scratch", scratch)));
    }
}
