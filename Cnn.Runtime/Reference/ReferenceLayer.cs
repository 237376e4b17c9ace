namespace Cnn.Reference;

/// <summary>One layer of a <see cref="ReferenceNetwork"/>, as plain numbers.</summary>
public abstract record ReferenceLayer
{
    private ReferenceLayer()
    {
    }

    /// <summary>A layer with a window: it reads and leaves a volume.</summary>
    /// <param name="Window">Kernel, stride and padding.</param>
    public abstract record Windowed(Window Window) : ReferenceLayer;

    /// <summary><see cref="Convolution"/>; its parameters are conv1.weight, conv1.bias and so on.</summary>
    /// <param name="Filters">Output channels.</param>
    /// <param name="KernelHeight">Rows of the kernel.</param>
    /// <param name="KernelWidth">Columns of the kernel.</param>
    /// <param name="Stride">Step in both directions.</param>
    /// <param name="Top">Zeros above.</param>
    /// <param name="Left">Zeros to the left.</param>
    /// <param name="Bottom">Zeros below.</param>
    /// <param name="Right">Zeros to the right.</param>
    /// <param name="Bias">Whether each filter adds a bias.</param>
    public sealed record Conv(
        int Filters,
        int KernelHeight,
        int KernelWidth,
        int Stride = 1,
        int Top = 0,
        int Left = 0,
        int Bottom = 0,
        int Right = 0,
        bool Bias = true) : Windowed(new Window(KernelHeight, KernelWidth, Stride, Top, Left, Bottom, Right));

    /// <summary><see cref="MaxPooling"/> with a square window.</summary>
    /// <param name="Size">Rows and columns of the window.</param>
    /// <param name="Stride">Step in both directions.</param>
    /// <param name="Top">Padding above.</param>
    /// <param name="Left">Padding to the left.</param>
    /// <param name="Bottom">Padding below.</param>
    /// <param name="Right">Padding to the right.</param>
    public sealed record MaxPool(int Size, int Stride, int Top = 0, int Left = 0, int Bottom = 0, int Right = 0)
        : Windowed(new Window(Size, Size, Stride, Top, Left, Bottom, Right));

    /// <summary><see cref="AveragePooling"/> with a square window.</summary>
    /// <param name="Size">Rows and columns of the window.</param>
    /// <param name="Stride">Step in both directions.</param>
    /// <param name="Top">Zeros above.</param>
    /// <param name="Left">Zeros to the left.</param>
    /// <param name="Bottom">Zeros below.</param>
    /// <param name="Right">Zeros to the right.</param>
    public sealed record AvgPool(int Size, int Stride, int Top = 0, int Left = 0, int Bottom = 0, int Right = 0)
        : Windowed(new Window(Size, Size, Stride, Top, Left, Bottom, Right));

    /// <summary><see cref="Cnn.Reference.Flatten"/>, in the network's order.</summary>
    public sealed record Flatten : ReferenceLayer;

    /// <summary><see cref="Cnn.Reference.Dense"/>; its parameters are dense1.weight, dense1.bias and so on.</summary>
    /// <param name="Units">Outputs.</param>
    /// <param name="Bias">Whether each unit adds a bias.</param>
    public sealed record Dense(int Units, bool Bias = true) : ReferenceLayer;

    /// <summary><see cref="Cnn.Reference.Relu"/>.</summary>
    public sealed record Relu : ReferenceLayer;

    /// <summary><see cref="Cnn.Reference.LeakyRelu"/>.</summary>
    /// <param name="Slope">The slope below zero.</param>
    public sealed record LeakyRelu(double Slope = 0.01) : ReferenceLayer;

    /// <summary><see cref="Cnn.Reference.Sigmoid"/>.</summary>
    public sealed record Sigmoid : ReferenceLayer;

    /// <summary><see cref="Cnn.Reference.Tanh"/>.</summary>
    public sealed record Tanh : ReferenceLayer;

    /// <summary><see cref="Cnn.Reference.Softmax"/> over a vector.</summary>
    public sealed record Softmax : ReferenceLayer;

    /// <summary><see cref="Cnn.Reference.Dropout"/>: nothing at inference, nor in training without a mask.</summary>
    /// <param name="Rate">The probability with which an element is dropped.</param>
    public sealed record Dropout(double Rate) : ReferenceLayer;
}
