using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Schedules;

namespace Cnn.Generator.Scheduling;

/// <summary>Collects the tensors and calls of a training program.</summary>
internal sealed class TrainingBuilder
{
    /// <summary>Floats behind a shared tensor that vector loads may touch.</summary>
    private const int Slack = 16;

    private readonly List<TrainingTensor> _tensors = [];
    private readonly HashSet<int> _open = [];
    private int? _scratch;

    public List<TrainingStep> Forward { get; } = [];

    public List<TrainingStep> Backward { get; } = [];

    /// <summary>
    /// A tensor of which every sample has its own, unless all its uses stand behind each other: then the samples use it in turn.
    /// </summary>
    public Value Volume(string name, TensorLayout layout)
    {
        _open.Add(_tensors.Count);
        return Allocate(new TrainingTensor(name, layout, layout.Length, true));
    }

    /// <summary>Lets every sample have its own of a tensor, whatever uses it: it is read from outside.</summary>
    public Operand Keep(Operand operand)
    {
        _open.Remove(operand.Index);
        return operand;
    }

    /// <summary>A batch of vectors whose rows have a pitch of their own.</summary>
    public Value Rows(string name, TensorLayout layout, int pitch) => Allocate(new TrainingTensor(name, layout, pitch, true));

    /// <summary>Shared floats: weights in another order, statistics of a batch.</summary>
    public Operand Shared(string name, int floats)
    {
        var layout = TensorLayout.Dense(Shape.Vector(floats), VolumeLayout.Hwc);
        return Allocate(new TrainingTensor(name, layout, Tiling.RoundUp(floats + Slack, 16), false)).Operand;
    }

    /// <summary>Memory of one call, which all calls that ask for some share.</summary>
    public Operand Scratch(int floats)
    {
        _scratch ??= Shared("scratch", 0).Index;
        var (index, length) = (_scratch.Value, Tiling.RoundUp(floats + Slack, 16));
        _tensors[index] = _tensors[index] with { Floats = Math.Max(_tensors[index].Floats, length) };
        return Operand.Tensor(index);
    }

    /// <summary>The floats from one sample to the next.</summary>
    public int Pitch(Operand operand) => _tensors[operand.Index].Floats;

    public static TrainingStep Step(Node node, string suffix, StepKind kind, Kernel kernel, string comment, Operand[] operands) =>
        new(new Step(Names.Method(node.Name) + suffix, kernel, operands.ToEquatableArray(), comment, node.Source), kind);

    /// <summary>Decides which tensors the samples share, now that all calls are known.</summary>
    public EquatableArray<TrainingTensor> Place()
    {
        var uses = new Dictionary<int, int>();
        var run = 0;
        foreach (var pass in new[] { Forward, Backward })
        {
            run++;
            foreach (var step in pass)
            {
                // Each run of calls a sample is one loop over the samples; any other call stands between two loops.
                if (step.Kind != StepKind.EachSample)
                    run += 2;
                foreach (var tensor in step.Step?.Tensors.Where(_open.Contains) ?? [])
                {
                    if (step.Kind != StepKind.EachSample || (uses.TryGetValue(tensor, out var other) && other != run))
                        _open.Remove(tensor);
                    uses[tensor] = run;
                }

                if (step.Kind != StepKind.EachSample)
                    run++;
            }
        }

        return _tensors
            .Select((tensor, index) => _open.Contains(index)
                ? tensor with { PerSample = false, Floats = Tiling.RoundUp(tensor.Floats + Slack, 16) }
                : tensor)
            .ToEquatableArray();
    }

    private Value Allocate(TrainingTensor tensor)
    {
        _tensors.Add(tensor);
        return new Value(Operand.Tensor(_tensors.Count - 1), tensor.Layout);
    }
}
