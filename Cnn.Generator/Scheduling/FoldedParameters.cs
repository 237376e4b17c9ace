using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Scheduling;

/// <summary>One tensor of inference, and how it comes from those of training.</summary>
/// <param name="Folding">A member of the runtime's enumeration.</param>
/// <param name="Source">The tensor of training from which it is made; null where there is none.</param>
/// <param name="BatchNorm">The node whose statistics act on it; null where none do.</param>
/// <param name="Epsilon">Its epsilon.</param>
/// <param name="Groups">Groups of a transposed convolution, whose output channels stand in the second place; otherwise 0.</param>
/// <param name="Parameter">The tensor.</param>
internal sealed record FoldedParameter(
    string Folding, string? Source, string? BatchNorm, double Epsilon, int Groups, ParameterSpec Parameter)
{
    /// <summary>Gets the points along a side of a Winograd convolution's tiles, for which the weight is transformed; otherwise 0.</summary>
    public int Tile { get; init; }
}

/// <summary>What folding batch normalisation and Winograd convolutions make of the parameters.</summary>
internal static class FoldedParameters
{
    public const string Center = "center";

    public const string Scale = "scale";

    public const string Shift = "shift";

    public static IEnumerable<FoldedParameter> Of(Placed placed) => placed.Packing is WinogradPacking winograd
        ? Folded(placed).Select(folded => folded.Parameter.Suffix == "bias"
            ? folded
            : folded with { Parameter = winograd.Transformed(folded.Parameter), Tile = winograd.Tiling.Transform.Points })
        : Folded(placed);

    private static IEnumerable<FoldedParameter> Folded(Placed placed)
    {
        var node = placed.Node;
        if (node.Layer is BatchNormLayer own)
        {
            return AsAffine(node.Input.Channels)
                .Select(parameter => new FoldedParameter(
                    FoldingOf(parameter), null, node.Name, own.Epsilon, 0, parameter));
        }

        var parameters = node.Layer.Parameters(node.Input);
        if (node.BatchNorm is not { } norm)
            return parameters.Select(parameter => new FoldedParameter("Copy", node.Name + "." + parameter.Suffix, null, 0, 0, parameter));
        var weight = parameters[0];
        var bias = parameters.FirstOrDefault(parameter => parameter.Suffix == "bias");
        var epsilon = ((BatchNormLayer)norm.Layer).Epsilon;
        return
        [
            new FoldedParameter("Weight", node.Name + ".weight", norm.Name, epsilon, node.Layer.TransposedGroups, weight),
            new FoldedParameter(
                "Bias",
                bias is null ? null : node.Name + ".bias",
                norm.Name,
                epsilon,
                0,
                bias ?? new ParameterSpec("bias", [node.BatchNorm.Input.Channels], 0, 0)),
        ];
    }

    /// <summary>
    /// What remains of a batch normalisation at inference: (x - center) * scale + shift for each channel, since x * scale + shift would
    /// lose the digits of a mean far from zero.
    /// </summary>
    public static ParameterSpec[] AsAffine(int channels) =>
    [
        new ParameterSpec(Center, [channels], 0, 0),
        new ParameterSpec(Scale, [channels], 0, 0),
        new ParameterSpec(Shift, [channels], 0, 0),
    ];

    private static string FoldingOf(ParameterSpec parameter) => parameter.Suffix switch
    {
        Center => "Center",
        Scale => "Scale",
        _ => "Shift",
    };
}
