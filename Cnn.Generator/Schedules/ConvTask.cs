using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Schedules;

/// <summary>
/// A convolution of any kind, plain, grouped, depthwise or transposed, as ordinary convolutions: one for each of its phases, repeated
/// for each group over its own slice of the channels.
/// </summary>
/// <param name="Groups">The groups.</param>
/// <param name="Kernel">The convolution whose taps the weights are; a transposed one runs from its output to its input.</param>
/// <param name="Phases">The parts that together compute the result; a single one unless it is transposed.</param>
internal sealed record ConvTask(int Groups, ConvGeometry Kernel, EquatableArray<ConvPhase> Phases)
{
    /// <summary>Gets a value indicating whether it runs from the output of its kernel's convolution to the input.</summary>
    public bool IsTransposed { get; private init; }

    /// <summary>Gets a value indicating whether each channel is a group, and there are enough for vectors across them.</summary>
    public bool IsDepthwise => Kernel.InChannels == 1 && Kernel.OutChannels == 1 && Groups >= ChoiceThresholds.FewestDepthwise;

    public int InChannels => Groups * Phases[0].Geometry.InChannels;

    public int OutChannels => Groups * Phases[0].Geometry.OutChannels;

    /// <summary>The convolution of a layer.</summary>
    public static ConvTask Of(Layer layer, Shape input) => layer is ConvTransposeLayer transposed
        ? Transposed(KernelOf(transposed, input), transposed.Groups, transposed.Infer(input))
        : Direct(KernelOf((IConvolution)layer, input), ((IConvolution)layer).GroupsOf(input));

    /// <summary>The convolution that computes the gradient of its input from that of its output.</summary>
    public static ConvTask Backward(Layer layer, Shape input) => layer is ConvTransposeLayer transposed
        ? Direct(KernelOf(transposed, input), transposed.Groups)
        : Transposed(KernelOf((IConvolution)layer, input), ((IConvolution)layer).GroupsOf(input), input);

    private static ConvTask Direct(ConvGeometry kernel, int groups)
    {
        var all = new ConvPhase(kernel, TapRow.All(kernel.KernelHeight), TapRow.All(kernel.KernelWidth), 0, 0, 1, 1);
        return new ConvTask(groups, kernel, [all]);
    }

    private static ConvTask Transposed(ConvGeometry kernel, int groups, Shape result) =>
        new(groups, kernel, ConvPhase.Transpose(kernel, result.Height, result.Width).ToEquatableArray()) { IsTransposed = true };

    private static ConvGeometry KernelOf(IConvolution layer, Shape input)
    {
        var (groups, window) = (layer.GroupsOf(input), layer.Window(input));
        return new ConvGeometry(
            input.Channels / groups,
            layer.FiltersOf(input) / groups,
            window,
            window.OutputHeight(input.Height),
            window.OutputWidth(input.Width));
    }

    private static ConvGeometry KernelOf(ConvTransposeLayer layer, Shape input) => new(
        layer.Filters / layer.Groups, input.Channels / layer.Groups, layer.Window(input), input.Height, input.Width);
}
