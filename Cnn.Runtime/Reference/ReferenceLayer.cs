using System.Collections.Generic;
using System.Linq;

namespace Cnn.Reference;

/// <summary>One layer of a <see cref="ReferenceNetwork"/>, as plain numbers.</summary>
public abstract partial record ReferenceLayer
{
    private ReferenceLayer()
    {
    }

    /// <summary>Gets what a chain calls its layers of this kind, before their number.</summary>
    internal virtual string Stem => GetType().Name.ToLowerInvariant();

    /// <summary>The shape of the output.</summary>
    /// <exception cref="System.ArgumentException">The layer does not take these inputs.</exception>
    internal abstract VolumeShape Outputs(IReadOnlyList<VolumeShape> inputs);

    /// <summary>The parameters and running averages of a layer of this name.</summary>
    internal virtual IEnumerable<ReferenceParameter> Tensors(string name, VolumeShape input) => [];

    /// <summary>The outputs for a batch: <paramref name="inputs"/>[k][n] is input k of sample n.</summary>
    internal abstract Volume[] Forward(Volume[][] inputs, ReferenceRun run);

    /// <summary>The gradients of the inputs, in their order, given those of the outputs; adds those of the parameters.</summary>
    internal abstract Volume[][] Backward(Volume[][] inputs, Volume[] outputGradients, ReferenceRun run);

    /// <summary>The only input; several are refused.</summary>
    private protected VolumeShape Single(IReadOnlyList<VolumeShape> inputs) => inputs.Count == 1
        ? inputs[0]
        : throw new System.ArgumentException($"{this} reads one value, not {inputs.Count}.");

    /// <summary>A layer that reads one value, each sample by itself.</summary>
    public abstract record SampleWise : ReferenceLayer
    {
        private protected SampleWise()
        {
        }

        internal sealed override VolumeShape Outputs(IReadOnlyList<VolumeShape> inputs) => Outputs(Single(inputs));

        internal sealed override Volume[] Forward(Volume[][] inputs, ReferenceRun run)
        {
            var outputs = new Volume[inputs[0].Length];
            for (var n = 0; n < outputs.Length; n++)
                outputs[n] = Forward(inputs[0][n], run, n);
            return outputs;
        }

        internal sealed override Volume[][] Backward(Volume[][] inputs, Volume[] outputGradients, ReferenceRun run)
        {
            var gradients = new Volume[outputGradients.Length];
            for (var n = 0; n < gradients.Length; n++)
                gradients[n] = Backward(inputs[0][n], outputGradients[n], run, n);
            return [gradients];
        }

        /// <summary>The shape of the output; that of the input unless the layer says otherwise.</summary>
        private protected virtual VolumeShape Outputs(VolumeShape input) => input;

        private protected abstract Volume Forward(Volume x, ReferenceRun run, int sample);

        private protected abstract Volume Backward(Volume x, Volume g, ReferenceRun run, int sample);
    }

    /// <summary>A function of single elements.</summary>
    public abstract record Elementwise : SampleWise
    {
        private protected Elementwise()
        {
        }

        private protected abstract double[] Forward(double[] x);

        private protected abstract double[] Backward(double[] x, double[] g);

        private protected sealed override Volume Forward(Volume x, ReferenceRun run, int sample) => x.With(Forward(x.Values));

        private protected sealed override Volume Backward(Volume x, Volume g, ReferenceRun run, int sample) =>
            x.With(Backward(x.Values, g.Values));
    }

    /// <summary>A layer that joins several values, each sample by itself.</summary>
    public abstract record Joining : ReferenceLayer
    {
        private protected Joining()
        {
        }

        internal sealed override Volume[] Forward(Volume[][] inputs, ReferenceRun run)
        {
            var outputs = new Volume[inputs[0].Length];
            for (var n = 0; n < outputs.Length; n++)
                outputs[n] = Forward(Sample(inputs, n));
            return outputs;
        }

        internal sealed override Volume[][] Backward(Volume[][] inputs, Volume[] outputGradients, ReferenceRun run)
        {
            var gradients = inputs.Select(input => new Volume[input.Length]).ToArray();
            for (var n = 0; n < outputGradients.Length; n++)
            {
                var sample = Backward(Sample(inputs, n), outputGradients[n]);
                for (var k = 0; k < gradients.Length; k++)
                    gradients[k][n] = sample[k];
            }

            return gradients;
        }

        private protected abstract Volume Forward(Volume[] x);

        private protected abstract Volume[] Backward(Volume[] x, Volume g);

        private static Volume[] Sample(Volume[][] inputs, int n) => [.. inputs.Select(input => input[n])];
    }
}
