using System;

namespace Cnn.Reference;

/// <summary>
/// A volume of channels x height x width numbers, stored channel by channel and row by row (CHW): element (c, y, x) stands at
/// (c * height + y) * width + x. A vector of n numbers is a volume of n x 1 x 1.
/// </summary>
public readonly struct Volume
{
    /// <summary>A volume of zeros.</summary>
    /// <param name="channels">Channels, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is below 1.</exception>
    public Volume(int channels, int height, int width)
        : this(channels, height, width, new double[Math.Max(0, checked(channels * height * width))])
    {
    }

    /// <summary>A volume of zeros.</summary>
    /// <param name="shape">Its shape.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is below 1.</exception>
    public Volume(VolumeShape shape)
        : this(shape.Channels, shape.Height, shape.Width)
    {
    }

    /// <summary>A volume over <paramref name="values"/>, which it keeps.</summary>
    /// <param name="channels">Channels, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="values">channels * height * width numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is below 1.</exception>
    /// <exception cref="ArgumentException"><paramref name="values"/> has the wrong length.</exception>
    public Volume(int channels, int height, int width, double[] values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentNullException.ThrowIfNull(values);
        Lengths.Require(values.Length, checked(channels * height * width), nameof(values));
        Channels = channels;
        Height = height;
        Width = width;
        Values = values;
    }

    /// <summary>Gets the channels; the length of a vector.</summary>
    public int Channels { get; }

    /// <summary>Gets the rows; 1 for a vector.</summary>
    public int Height { get; }

    /// <summary>Gets the columns; 1 for a vector.</summary>
    public int Width { get; }

    /// <summary>Gets the three dimensions.</summary>
    public VolumeShape Shape => new(Channels, Height, Width);

    /// <summary>Gets the elements in CHW order.</summary>
    public double[] Values { get; }

    /// <summary>Gets or sets one element.</summary>
    /// <param name="channel">0 to <see cref="Channels"/> - 1.</param>
    /// <param name="row">0 to <see cref="Height"/> - 1.</param>
    /// <param name="column">0 to <see cref="Width"/> - 1.</param>
    public double this[int channel, int row, int column]
    {
        get => Values[Index(channel, row, column)];
        set => Values[Index(channel, row, column)] = value;
    }

    /// <summary>A vector over <paramref name="values"/>, which it keeps.</summary>
    public static Volume Vector(double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new Volume(values.Length, 1, 1, values);
    }

    /// <summary>A volume of the same shape over other <paramref name="values"/>, which it keeps.</summary>
    /// <exception cref="ArgumentException"><paramref name="values"/> has the wrong length.</exception>
    public Volume With(double[] values) => new(Channels, Height, Width, values);

    /// <summary>Whether a position lies inside; outside lies the padding.</summary>
    public bool Contains(int row, int column) => row >= 0 && row < Height && column >= 0 && column < Width;

    /// <summary>The place of one element in <see cref="Values"/>.</summary>
    public int Index(int channel, int row, int column) => (((channel * Height) + row) * Width) + column;

    /// <summary>The elements of one channel, row by row.</summary>
    /// <param name="channel">0 to <see cref="Channels"/> - 1.</param>
    public Span<double> Plane(int channel) => Values.AsSpan(channel * Height * Width, Height * Width);

    /// <summary>The shape as channels x height x width.</summary>
    public override string ToString() => Shape.ToString();
}
