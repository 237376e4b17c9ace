using System.Collections.Generic;

namespace Cnn.Reference;

/// <content>The activations.</content>
public abstract partial record ReferenceLayer
{
    /// <summary><see cref="Reference.Relu"/>.</summary>
    public sealed record Relu : Elementwise
    {
        private protected override double[] Forward(double[] x) => Reference.Relu.Forward(x);

        private protected override double[] Backward(double[] x, double[] g) => Reference.Relu.Backward(x, g);
    }

    /// <summary><see cref="Reference.LeakyRelu"/>.</summary>
    /// <param name="Slope">The slope below zero.</param>
    public sealed record LeakyRelu(double Slope = 0.01) : Elementwise
    {
        private protected override double[] Forward(double[] x) => Reference.LeakyRelu.Forward(x, Slope);

        private protected override double[] Backward(double[] x, double[] g) => Reference.LeakyRelu.Backward(x, g, Slope);
    }

    /// <summary><see cref="Reference.Relu6"/>.</summary>
    public sealed record Relu6 : Elementwise
    {
        private protected override double[] Forward(double[] x) => Reference.Relu6.Forward(x);

        private protected override double[] Backward(double[] x, double[] g) => Reference.Relu6.Backward(x, g);
    }

    /// <summary><see cref="Reference.Clip"/>.</summary>
    /// <param name="Minimum">The smallest output.</param>
    /// <param name="Maximum">The largest output.</param>
    public sealed record Clip(double Minimum, double Maximum) : Elementwise
    {
        private protected override double[] Forward(double[] x) => Reference.Clip.Forward(x, Minimum, Maximum);

        private protected override double[] Backward(double[] x, double[] g) => Reference.Clip.Backward(x, g, Minimum, Maximum);
    }

    /// <summary><see cref="Reference.Elu"/>.</summary>
    /// <param name="Alpha">Minus the limit towards minus infinity.</param>
    public sealed record Elu(double Alpha = 1) : Elementwise
    {
        private protected override double[] Forward(double[] x) => Reference.Elu.Forward(x, Alpha);

        private protected override double[] Backward(double[] x, double[] g) => Reference.Elu.Backward(x, g, Alpha);
    }

    /// <summary><see cref="Reference.Selu"/>.</summary>
    public sealed record Selu : Elementwise
    {
        private protected override double[] Forward(double[] x) => Reference.Selu.Forward(x);

        private protected override double[] Backward(double[] x, double[] g) => Reference.Selu.Backward(x, g);
    }

    /// <summary><see cref="Reference.Gelu"/>.</summary>
    /// <param name="Approximate">Whether to take the approximation by the hyperbolic tangent.</param>
    public sealed record Gelu(bool Approximate = false) : Elementwise
    {
        private protected override double[] Forward(double[] x) => Reference.Gelu.Forward(x, Approximate);

        private protected override double[] Backward(double[] x, double[] g) => Reference.Gelu.Backward(x, g, Approximate);
    }

    /// <summary><see cref="Reference.Silu"/>.</summary>
    public sealed record Silu : Elementwise
    {
        private protected override double[] Forward(double[] x) => Reference.Silu.Forward(x);

        private protected override double[] Backward(double[] x, double[] g) => Reference.Silu.Backward(x, g);
    }

    /// <summary><see cref="Reference.Mish"/>.</summary>
    public sealed record Mish : Elementwise
    {
        private protected override double[] Forward(double[] x) => Reference.Mish.Forward(x);

        private protected override double[] Backward(double[] x, double[] g) => Reference.Mish.Backward(x, g);
    }

    /// <summary><see cref="Reference.HardSwish"/>.</summary>
    public sealed record HardSwish : Elementwise
    {
        private protected override double[] Forward(double[] x) => Reference.HardSwish.Forward(x);

        private protected override double[] Backward(double[] x, double[] g) => Reference.HardSwish.Backward(x, g);
    }

    /// <summary><see cref="Reference.HardSigmoid"/>.</summary>
    public sealed record HardSigmoid : Elementwise
    {
        private protected override double[] Forward(double[] x) => Reference.HardSigmoid.Forward(x);

        private protected override double[] Backward(double[] x, double[] g) => Reference.HardSigmoid.Backward(x, g);
    }

    /// <summary><see cref="Reference.Softplus"/>.</summary>
    /// <param name="Beta">Sharpness of the bend.</param>
    /// <param name="Threshold">The Beta * x above which the function is taken as linear.</param>
    public sealed record Softplus(double Beta = 1, double Threshold = 20) : Elementwise
    {
        private protected override double[] Forward(double[] x) => Reference.Softplus.Forward(x, Beta, Threshold);

        private protected override double[] Backward(double[] x, double[] g) => Reference.Softplus.Backward(x, g, Beta, Threshold);
    }

    /// <summary><see cref="Reference.Sigmoid"/>.</summary>
    public sealed record Sigmoid : Elementwise
    {
        private protected override double[] Forward(double[] x) => Reference.Sigmoid.Forward(x);

        private protected override double[] Backward(double[] x, double[] g) => Reference.Sigmoid.Backward(x, g);
    }

    /// <summary><see cref="Reference.Tanh"/>.</summary>
    public sealed record Tanh : Elementwise
    {
        private protected override double[] Forward(double[] x) => Reference.Tanh.Forward(x);

        private protected override double[] Backward(double[] x, double[] g) => Reference.Tanh.Backward(x, g);
    }

    /// <summary><see cref="Reference.PRelu"/>; in a chain its parameter is prelu1.weight and so on.</summary>
    /// <param name="PerChannel">Whether each channel has its slope.</param>
    /// <param name="Init">The slopes at first.</param>
    public sealed record PRelu(bool PerChannel = false, double Init = 0.25) : SampleWise
    {
        internal override IEnumerable<ReferenceParameter> Tensors(string name, VolumeShape input) =>
            [new(name + ".weight", (float)Init, false, PerChannel ? input.Channels : 1)];

        private protected override Volume Forward(Volume x, ReferenceRun run, int sample) => Reference.PRelu.Forward(x, run.Weight!);

        private protected override Volume Backward(Volume x, Volume g, ReferenceRun run, int sample) =>
            Reference.PRelu.Backward(x, run.Weight!, g, run.WeightGradient!);
    }

    /// <summary><see cref="Reference.Softmax"/>, over a vector or over the channels of each pixel.</summary>
    public sealed record Softmax : SampleWise
    {
        private protected override Volume Forward(Volume x, ReferenceRun run, int sample) => Reference.Softmax.Forward(x);

        private protected override Volume Backward(Volume x, Volume g, ReferenceRun run, int sample) => Reference.Softmax.Backward(x, g);
    }

    /// <summary><see cref="Reference.LogSoftmax"/>, over a vector or over the channels of each pixel.</summary>
    public sealed record LogSoftmax : SampleWise
    {
        private protected override Volume Forward(Volume x, ReferenceRun run, int sample) => Reference.LogSoftmax.Forward(x);

        private protected override Volume Backward(Volume x, Volume g, ReferenceRun run, int sample) => Reference.LogSoftmax.Backward(x, g);
    }
}
