using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Reference;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>
/// The reference's results for a network with drawn parameters, computed once for all comparisons. The same parameters and inputs are
/// drawn in every run.
/// </summary>
internal sealed class ReferenceAnswers(Architecture architecture)
{
    private readonly ReferenceNetwork _reference = architecture.Reference();
    private readonly Random _random = new(1);
    private readonly List<Answer> _answers = [];
    private (int Inputs, int Outputs, int Classes)? _lengths;

    public Architecture Architecture => architecture;

    /// <summary>Gets a value indicating whether batches are normalised by their own statistics.</summary>
    public bool HasStatistics => _reference.Buffers.Count > 0;

    /// <summary>Gives a network the parameters.</summary>
    public void SetParameters(LoadedNetwork network)
    {
        if (_lengths is null)
            DrawnNumbers.SetParameters(network, _reference, _random);
        else
            network.SetParameters(parameter => _reference[parameter.Name]);
        _lengths = (network.InputLength, network.OutputLength, network.MainOutputLength);
    }

    /// <summary>The answer to one of the batches that are drawn one after the other.</summary>
    public Answer Of(int attempt)
    {
        while (_answers.Count <= attempt)
            _answers.Add(new Answer(_reference, Draw()));
        return _answers[attempt];
    }

    private Batch Draw()
    {
        var (count, (inputLength, outputLength, classes)) = (architecture.Samples, _lengths!.Value);
        var inputs = DrawnNumbers.Of(_random, count * inputLength);

        // One sample is constant, so that the maxima of its windows are ties.
        if (count > 1)
            inputs.AsSpan(0, inputLength).Fill(inputs[0]);
        return new Batch(
            inputs,
            [.. Enumerable.Range(0, count).Select(n => n % classes)],
            architecture.EndsInSoftmax ? null : DrawnNumbers.Of(_random, count * outputLength));
    }

    /// <summary>The reference's results for a batch, as far as they are needed.</summary>
    public sealed class Answer(ReferenceNetwork reference, Batch batch)
    {
        private readonly Lazy<double[]> _outputs = new(() =>
            [.. batch.Inputs.Chunk(batch.Inputs.Length / batch.Count).SelectMany(input => reference.Forward(input))]);

        private readonly Lazy<ReferenceGradients> _gradients = new(() => batch.Reference(reference));

        private GradientScale? _scale;
        private bool? _isKink;

        public Batch Batch => batch;

        /// <summary>Gets the outputs at inference, sample after sample.</summary>
        public double[] Outputs => _outputs.Value;

        /// <summary>Gets what a training step makes of it.</summary>
        public ReferenceGradients Gradients => _gradients.Value;

        /// <summary>Gets how close gradients must come.</summary>
        public GradientScale Scale => _scale ??= new(Gradients);

        /// <summary>Gets a value indicating whether parameters and inputs that are hardly changed have other gradients.</summary>
        public bool IsKink => _isKink ??= FindKink();

        private bool FindKink()
        {
            var random = new Random(2);
            var parameters = reference.Parameters
                .Select(parameter => (Values: reference[parameter.Name], Before: reference[parameter.Name].ToArray()))
                .ToList();
            var isKink = false;
            for (var attempt = 0; attempt < 8 && !isKink; attempt++)
            {
                foreach (var (values, before) in parameters)
                    DrawnNumbers.Moved(before, random).CopyTo(values, 0);
                var moved = batch with { Inputs = DrawnNumbers.Moved(batch.Inputs, random) };
                isKink = moved.Reference(reference).Parameters.Any(entry => !Scale.Agrees(entry.Key, entry.Value));
            }

            foreach (var (values, before) in parameters)
                before.CopyTo(values, 0);
            return isKink;
        }
    }
}
