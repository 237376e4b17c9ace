using System;
using System.Linq;
using Xunit;

namespace Cnn.Reference.Tests;

/// <summary>
/// One forward and backward pass through a single layer over a batch, in training. Inputs are indexed by input, then by sample.
/// </summary>
internal sealed class LayerPass
{
    private readonly ReferenceLayer _layer;

    public LayerPass(ReferenceLayer layer, Volume[][] inputs, bool isHwc = false, bool[][]? masks = null)
    {
        _layer = layer;
        Inputs = inputs;
        var shapes = Array.ConvertAll(inputs, input => input[0].Shape);
        OutputShape = layer.Outputs(shapes);
        Run = new ReferenceRun([.. layer.Tensors("layer", shapes[0])], isHwc, isTraining: true, masks);
    }

    public Volume[][] Inputs { get; }

    public VolumeShape OutputShape { get; }

    /// <summary>
    /// Gets the layer's tensors, to be written before <see cref="Forward"/>, and their gradients after <see cref="Backward"/>.
    /// </summary>
    public ReferenceRun Run { get; }

    public Volume[] Forward()
    {
        var outputs = _layer.Forward(Inputs, Run);
        Assert.All(outputs, output => Assert.Equal(OutputShape, output.Shape));
        return outputs;
    }

    public Volume[][] Backward(Volume[] outputGradients)
    {
        foreach (var gradient in Run.Gradients.Values)
            Array.Clear(gradient);
        return _layer.Backward(Inputs, outputGradients, Run);
    }

    /// <summary>
    /// Demands that the layer's gradients, of inputs and of parameters, are its finite differences for random parameters and a random
    /// gradient of its outputs.
    /// </summary>
    public void CheckDifferences(Random random)
    {
        foreach (var name in Run.Gradients.Keys)
            Numbers(random, Run.Tensors[name].Length).CopyTo(Run.Tensors[name], 0);
        var outputGradients = Inputs[0].Select(_ => new Volume(
            OutputShape.Channels, OutputShape.Height, OutputShape.Width, Numbers(random, OutputShape.Length))).ToArray();
        var kept = outputGradients.Select(gradient => (double[])[.. gradient.Values]).ToArray();
        var inputGradients = Backward(outputGradients);

        Assert.Equal(kept, outputGradients.Select(gradient => gradient.Values));
        for (var k = 0; k < Inputs.Length; k++)
        {
            for (var n = 0; n < Inputs[k].Length; n++)
                FiniteDifference.Check(inputGradients[k][n].Values, Inputs[k][n].Values, Loss, $"dL/dx of input {k}, sample {n}");
        }

        foreach (var (name, gradient) in Run.Gradients)
            FiniteDifference.Check(gradient, Run.Tensors[name], Loss, "dL/d" + name);

        double Loss() => Forward().Zip(kept).Sum(pair => FiniteDifference.Dot(pair.First.Values, pair.Second));
    }

    private static double[] Numbers(Random random, int length)
    {
        var numbers = new double[length];
        for (var i = 0; i < length; i++)
            numbers[i] = (random.NextDouble() * 2) - 1;
        return numbers;
    }
}
