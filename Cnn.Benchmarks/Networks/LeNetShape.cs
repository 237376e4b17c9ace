namespace Cnn.Benchmarks.Networks;

/// <summary>The facts from which a rival builds the same LeNet-5, besides the weights.</summary>
/// <param name="Name">The name in the report.</param>
/// <param name="Size">Rows and columns of the input.</param>
/// <param name="Channels">Channels of the input.</param>
/// <param name="Padding">Padding of the first convolution.</param>
internal sealed record LeNetShape(string Name, int Size, int Channels, int Padding)
{
    /// <summary>The lecture's network.</summary>
    public static readonly LeNetShape Lecture = new("LeNet-5, 32x32x3", 32, 3, 0);

    /// <summary>The network of the digits.</summary>
    public static readonly LeNetShape Mnist = new("LeNet-5, 28x28x1", 28, 1, 2);

    /// <summary>Gets the floats of one input.</summary>
    public int InputLength => Size * Size * Channels;
}
