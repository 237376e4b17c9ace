namespace Cnn;

/// <summary>
/// The base of the layers that slide a window: its steps and its padding. A property for one side goes before the general one.
/// </summary>
public abstract class WindowAttribute : LayerAttribute
{
    private protected WindowAttribute()
    {
    }

    /// <summary>
    /// Gets or sets the step of the window in both directions, at least 1. The default is 1 for a convolution and the size of the
    /// window for a pooling.
    /// </summary>
    public int Stride { get; set; }

    /// <summary>Gets or sets the step from row to row, at least 1. The default is <see cref="Stride"/>.</summary>
    public int StrideHeight { get; set; }

    /// <summary>Gets or sets the step from column to column, at least 1. The default is <see cref="Stride"/>.</summary>
    public int StrideWidth { get; set; }

    /// <summary>
    /// Gets or sets the padding on every side: a number, <see cref="Cnn.Padding.Same"/> or <see cref="Cnn.Padding.Valid"/> (the default).
    /// </summary>
    public int Padding { get; set; } = Cnn.Padding.Valid;

    /// <summary>Gets or sets the padded rows above the volume, at least 0. The default is <see cref="Padding"/>.</summary>
    public int PaddingTop { get; set; }

    /// <summary>Gets or sets the padded columns left of the volume, at least 0. The default is <see cref="Padding"/>.</summary>
    public int PaddingLeft { get; set; }

    /// <summary>Gets or sets the padded rows below the volume, at least 0. The default is <see cref="Padding"/>.</summary>
    public int PaddingBottom { get; set; }

    /// <summary>Gets or sets the padded columns right of the volume, at least 0. The default is <see cref="Padding"/>.</summary>
    public int PaddingRight { get; set; }
}

/// <summary>The base of the windows that may be pulled apart: a kernel of f rows covers dilation * (f - 1) + 1.</summary>
public abstract class DilatedWindowAttribute : WindowAttribute
{
    private protected DilatedWindowAttribute()
    {
    }

    /// <summary>Gets or sets the distance between the elements that the window reads, at least 1. The default is 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>
    /// Gets or sets the distance between the rows that the window reads, at least 1. The default is <see cref="Dilation"/>.
    /// </summary>
    public int DilationHeight { get; set; }

    /// <summary>
    /// Gets or sets the distance between the columns that the window reads, at least 1. The default is <see cref="Dilation"/>.
    /// </summary>
    public int DilationWidth { get; set; }
}
