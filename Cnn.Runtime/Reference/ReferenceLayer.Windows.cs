using System.Collections.Generic;

namespace Cnn.Reference;

/// <content>The layers with a window.</content>
public abstract partial record ReferenceLayer
{
    private static IEnumerable<ReferenceParameter> WeightAndBias(string name, bool bias, int outputs, params int[] weightShape)
    {
        yield return new ReferenceParameter(name + ".weight", weightShape);
        if (bias)
            yield return new ReferenceParameter(name + ".bias", outputs);
    }

    /// <summary>A layer with a window: it reads and leaves a volume.</summary>
    /// <param name="Window">Kernel, strides, dilations and padding.</param>
    public abstract record Windowed(Window Window) : SampleWise;

    /// <summary><see cref="Convolution"/>; in a chain its parameters are conv1.weight, conv1.bias and so on.</summary>
    /// <param name="Filters">Output channels.</param>
    /// <param name="Window">Kernel, strides, dilations and padding.</param>
    /// <param name="Groups">Parts into which channels and filters are split.</param>
    /// <param name="Bias">Whether each filter adds a bias.</param>
    public sealed record Conv(int Filters, Window Window, int Groups = 1, bool Bias = true) : Windowed(Window)
    {
        /// <summary>A convolution with one stride, without dilation and groups.</summary>
        /// <param name="Filters">Output channels.</param>
        /// <param name="KernelHeight">Rows of the kernel.</param>
        /// <param name="KernelWidth">Columns of the kernel.</param>
        /// <param name="Stride">Step in both directions.</param>
        /// <param name="Top">Zeros above.</param>
        /// <param name="Left">Zeros to the left.</param>
        /// <param name="Bottom">Zeros below.</param>
        /// <param name="Right">Zeros to the right.</param>
        /// <param name="Bias">Whether each filter adds a bias.</param>
        public Conv(
            int Filters,
            int KernelHeight,
            int KernelWidth,
            int Stride = 1,
            int Top = 0,
            int Left = 0,
            int Bottom = 0,
            int Right = 0,
            bool Bias = true)
            : this(Filters, new Window(KernelHeight, KernelWidth, Stride, Top, Left, Bottom, Right), 1, Bias)
        {
        }

        internal override IEnumerable<ReferenceParameter> Tensors(string name, VolumeShape input)
        {
            Convolution.CheckGroups(input.Channels, Filters, Groups);
            return WeightAndBias(name, Bias, Filters, Filters, input.Channels / Groups, Window.KernelHeight, Window.KernelWidth);
        }

        private protected override VolumeShape Outputs(VolumeShape input) => Window.Outputs(Filters, input);

        private protected override Volume Forward(Volume x, ReferenceRun run, int sample) =>
            Convolution.Forward(x, run.Weight!, run.Bias, Filters, Window, Groups);

        private protected override Volume Backward(Volume x, Volume g, ReferenceRun run, int sample) =>
            Convolution.Backward(x, run.Weight!, g, Window, run.WeightGradient!, run.BiasGradient, Groups);
    }

    /// <summary><see cref="Convolution"/> with a group for each channel; in a chain depthwise1.weight and so on.</summary>
    /// <param name="Window">Kernel, strides, dilations and padding.</param>
    /// <param name="Multiplier">Filters for each channel.</param>
    /// <param name="Bias">Whether each filter adds a bias.</param>
    public sealed record DepthwiseConv(Window Window, int Multiplier = 1, bool Bias = true) : Windowed(Window)
    {
        internal override string Stem => "depthwise";

        internal override IEnumerable<ReferenceParameter> Tensors(string name, VolumeShape input)
        {
            var filters = input.Channels * Multiplier;
            return WeightAndBias(name, Bias, filters, filters, 1, Window.KernelHeight, Window.KernelWidth);
        }

        private protected override VolumeShape Outputs(VolumeShape input) => Window.Outputs(input.Channels * Multiplier, input);

        private protected override Volume Forward(Volume x, ReferenceRun run, int sample) =>
            Convolution.Forward(x, run.Weight!, run.Bias, x.Channels * Multiplier, Window, x.Channels);

        private protected override Volume Backward(Volume x, Volume g, ReferenceRun run, int sample) =>
            Convolution.Backward(x, run.Weight!, g, Window, run.WeightGradient!, run.BiasGradient, x.Channels);
    }

    /// <summary><see cref="Reference.ConvTranspose"/>; in a chain convtranspose1.weight and so on.</summary>
    /// <param name="Filters">Output channels.</param>
    /// <param name="Window">Kernel, strides, dilations, and the padding that is cut off the output.</param>
    /// <param name="OutputPaddingHeight">Rows added below.</param>
    /// <param name="OutputPaddingWidth">Columns added to the right.</param>
    /// <param name="Groups">Parts into which channels and filters are split.</param>
    /// <param name="Bias">Whether each filter adds a bias.</param>
    public sealed record ConvTranspose(
        int Filters,
        Window Window,
        int OutputPaddingHeight = 0,
        int OutputPaddingWidth = 0,
        int Groups = 1,
        bool Bias = true) : Windowed(Window)
    {
        internal override IEnumerable<ReferenceParameter> Tensors(string name, VolumeShape input)
        {
            Convolution.CheckGroups(input.Channels, Filters, Groups);
            return WeightAndBias(name, Bias, Filters, input.Channels, Filters / Groups, Window.KernelHeight, Window.KernelWidth);
        }

        private protected override VolumeShape Outputs(VolumeShape input) =>
            Reference.ConvTranspose.Outputs(input, Filters, Window, OutputPaddingHeight, OutputPaddingWidth);

        private protected override Volume Forward(Volume x, ReferenceRun run, int sample) => Reference.ConvTranspose.Forward(
            x, run.Weight!, run.Bias, Filters, Window, OutputPaddingHeight, OutputPaddingWidth, Groups);

        private protected override Volume Backward(Volume x, Volume g, ReferenceRun run, int sample) => Reference.ConvTranspose.Backward(
            x,
            run.Weight!,
            g,
            Window,
            run.WeightGradient!,
            run.BiasGradient,
            OutputPaddingHeight,
            OutputPaddingWidth,
            Groups);
    }

    /// <summary><see cref="MaxPooling"/>.</summary>
    /// <param name="Window">Size, strides, dilations, padding and ceil mode.</param>
    public sealed record MaxPool(Window Window) : Windowed(Window)
    {
        /// <summary>A square window.</summary>
        /// <param name="Size">Rows and columns of the window.</param>
        /// <param name="Stride">Step in both directions.</param>
        /// <param name="Top">Padding above.</param>
        /// <param name="Left">Padding to the left.</param>
        /// <param name="Bottom">Padding below.</param>
        /// <param name="Right">Padding to the right.</param>
        public MaxPool(int Size, int Stride, int Top = 0, int Left = 0, int Bottom = 0, int Right = 0)
            : this(new Window(Size, Size, Stride, Top, Left, Bottom, Right))
        {
        }

        internal override string Stem => "pool";

        private protected override VolumeShape Outputs(VolumeShape input) => Window.Outputs(input.Channels, input);

        private protected override Volume Forward(Volume x, ReferenceRun run, int sample) => MaxPooling.Forward(x, Window);

        private protected override Volume Backward(Volume x, Volume g, ReferenceRun run, int sample) => MaxPooling.Backward(x, g, Window);
    }

    /// <summary><see cref="AveragePooling"/>.</summary>
    /// <param name="Window">Size, strides, padding and ceil mode.</param>
    /// <param name="CountIncludePad">Whether padding counts as zeros rather than not at all.</param>
    public sealed record AvgPool(Window Window, bool CountIncludePad = true) : Windowed(Window)
    {
        /// <summary>A square window; padding counts.</summary>
        /// <param name="Size">Rows and columns of the window.</param>
        /// <param name="Stride">Step in both directions.</param>
        /// <param name="Top">Zeros above.</param>
        /// <param name="Left">Zeros to the left.</param>
        /// <param name="Bottom">Zeros below.</param>
        /// <param name="Right">Zeros to the right.</param>
        public AvgPool(int Size, int Stride, int Top = 0, int Left = 0, int Bottom = 0, int Right = 0)
            : this(new Window(Size, Size, Stride, Top, Left, Bottom, Right))
        {
        }

        internal override string Stem => "pool";

        private protected override VolumeShape Outputs(VolumeShape input) => Window.Outputs(input.Channels, input);

        private protected override Volume Forward(Volume x, ReferenceRun run, int sample) =>
            AveragePooling.Forward(x, Window, CountIncludePad);

        private protected override Volume Backward(Volume x, Volume g, ReferenceRun run, int sample) =>
            AveragePooling.Backward(x, g, Window, CountIncludePad);
    }

    /// <summary><see cref="GlobalAveragePooling"/>.</summary>
    public sealed record GlobalAvgPool : SampleWise
    {
        internal override string Stem => "pool";

        private protected override VolumeShape Outputs(VolumeShape input) => new(input.Channels, 1, 1);

        private protected override Volume Forward(Volume x, ReferenceRun run, int sample) => GlobalAveragePooling.Forward(x);

        private protected override Volume Backward(Volume x, Volume g, ReferenceRun run, int sample) => GlobalAveragePooling.Backward(x, g);
    }

    /// <summary><see cref="GlobalMaxPooling"/>.</summary>
    public sealed record GlobalMaxPool : SampleWise
    {
        internal override string Stem => "pool";

        private protected override VolumeShape Outputs(VolumeShape input) => new(input.Channels, 1, 1);

        private protected override Volume Forward(Volume x, ReferenceRun run, int sample) => GlobalMaxPooling.Forward(x);

        private protected override Volume Backward(Volume x, Volume g, ReferenceRun run, int sample) => GlobalMaxPooling.Backward(x, g);
    }

    /// <summary><see cref="AdaptiveAveragePooling"/>.</summary>
    /// <param name="Height">Output rows.</param>
    /// <param name="Width">Output columns.</param>
    public sealed record AdaptiveAvgPool(int Height, int Width) : SampleWise
    {
        internal override string Stem => "pool";

        private protected override VolumeShape Outputs(VolumeShape input) => new(input.Channels, Height, Width);

        private protected override Volume Forward(Volume x, ReferenceRun run, int sample) =>
            AdaptiveAveragePooling.Forward(x, Height, Width);

        private protected override Volume Backward(Volume x, Volume g, ReferenceRun run, int sample) =>
            AdaptiveAveragePooling.Backward(x, g);
    }
}
