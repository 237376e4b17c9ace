using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Layers;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Advice;

/// <summary>
/// The rows and columns of the input on which one position of a volume depends, and the steps in the input between positions:
/// r + (f - 1) j and j s after a window of f with stride s.
/// </summary>
internal readonly record struct ReceptiveField(double Rows, double Columns, double RowStep, double ColumnStep)
{
    public static ReceptiveField OfInput => new(1, 1, 1, 1);

    /// <summary>Everything.</summary>
    public static ReceptiveField Whole => new(double.PositiveInfinity, double.PositiveInfinity, 1, 1);

    /// <summary>The field after a layer, from those of its sources.</summary>
    public static ReceptiveField Behind(Node node, IReadOnlyList<ReceptiveField> sources) => node.Layer switch
    {
        IWindowed windowed => sources[0].Behind(windowed.Spec),
        ConvTransposeLayer transposed => sources[0].BehindTransposed(transposed.Spec),
        UpsampleLayer upsample => sources[0].Enlarged(upsample.ScaleHeight, upsample.ScaleWidth, upsample.IsBilinear ? 1 : 0),
        PixelShuffleLayer shuffle => sources[0].Enlarged(shuffle.Factor, shuffle.Factor, 0),
        AddLayer or ConcatLayer => Joined(sources),
        PadLayer or CropLayer or SoftmaxLayer or LogSoftmaxLayer or INormalization => sources[0],
        { IsElementwise: true } => sources[0],
        _ => Whole,
    };

    private static ReceptiveField Joined(IReadOnlyList<ReceptiveField> sources) => new(
        sources.Max(source => source.Rows),
        sources.Max(source => source.Columns),
        sources.Max(source => source.RowStep),
        sources.Max(source => source.ColumnStep));

    private ReceptiveField Behind(WindowSpec spec) => new(
        Rows + ((spec.ExtentHeight - 1) * RowStep),
        Columns + ((spec.ExtentWidth - 1) * ColumnStep),
        RowStep * spec.StrideHeight,
        ColumnStep * spec.StrideWidth);

    /// <summary>An output reads every s-th tap of the kernel, each at its own position.</summary>
    private ReceptiveField BehindTransposed(WindowSpec spec) => new(
        Rows + ((Math.Ceiling((double)spec.ExtentHeight / spec.StrideHeight) - 1) * RowStep),
        Columns + ((Math.Ceiling((double)spec.ExtentWidth / spec.StrideWidth) - 1) * ColumnStep),
        RowStep / spec.StrideHeight,
        ColumnStep / spec.StrideWidth);

    private ReceptiveField Enlarged(int rows, int columns, int neighbours) => new(
        Rows + (neighbours * RowStep), Columns + (neighbours * ColumnStep), RowStep / rows, ColumnStep / columns);
}
