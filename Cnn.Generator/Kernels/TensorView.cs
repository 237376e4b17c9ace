using Cnn.Generator.Graph;

namespace Cnn.Generator.Kernels;

/// <summary>
/// How the elements of a volume, or of a part of one, follow each other, wherever it begins: the floats from one row, one pixel and
/// one channel to the next. A slice of the channels and every second pixel are views too.
/// </summary>
internal sealed record TensorView(VolumeLayout Order, int Row, int Pixel, int Channel)
{
    /// <summary>The pixels of every so manieth row and column.</summary>
    public TensorView Every(int rows, int columns) => this with { Row = Row * rows, Pixel = Pixel * columns };
}
