using System.Collections.Generic;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Scheduling;

/// <summary>A tensor with its layout while a pass is being built.</summary>
internal readonly record struct Value(int Tensor, TensorLayout Layout)
{
    public Operand Operand => Operand.Tensor(Tensor);
}

/// <summary>Collects the tensors and calls of a training program.</summary>
internal sealed class TrainingBuilder
{
    /// <summary>Floats behind a shared tensor that vector loads may touch.</summary>
    private const int Slack = 16;

    public List<TrainingTensor> Tensors { get; } = new();

    public List<TrainingStep> Forward { get; } = new();

    public List<TrainingStep> Backward { get; } = new();

    /// <summary>A tensor of which every sample has its own.</summary>
    public Value PerSample(string name, TensorLayout layout) => Allocate(new TrainingTensor(name, layout, layout.Length, true), layout);

    /// <summary>A batch of vectors whose rows have a pitch of their own.</summary>
    public Value Rows(string name, Shape vector, int pitch)
    {
        var layout = TensorLayout.Dense(vector, VolumeLayout.Hwc);
        return Allocate(new TrainingTensor(name, layout, pitch, true), layout);
    }

    /// <summary>A tensor that the samples use one after the other. Nothing else lies there, so what is zero stays zero.</summary>
    public Value Shared(string name, TensorLayout layout) =>
        Allocate(new TrainingTensor(name, layout, Tiling.RoundUp(layout.Length + Slack, 16), false), layout);

    /// <summary>Shared floats without a layout: weights in another order.</summary>
    public Operand SharedFloats(string name, int floats)
    {
        var layout = TensorLayout.Dense(Shape.Vector(floats), VolumeLayout.Hwc);
        return Allocate(new TrainingTensor(name, layout, Tiling.RoundUp(floats + Slack, 16), false), layout).Operand;
    }

    public int Pitch(Value value) => Tensors[value.Tensor].Floats;

    /// <summary>Adds a call that each sample makes.</summary>
    public void EachSample(List<TrainingStep> pass, Node node, string suffix, Kernel kernel, string comment, params Operand[] operands) =>
        pass.Add(new TrainingStep(MakeStep(node, suffix, kernel, comment, operands), true));

    /// <summary>Adds a call made once for the whole batch.</summary>
    public void Once(List<TrainingStep> pass, Node node, string suffix, Kernel kernel, string comment, params Operand[] operands) =>
        pass.Add(new TrainingStep(MakeStep(node, suffix, kernel, comment, operands), false));

    /// <summary>The value as a kernel demands it: itself, or a copy in another layout.</summary>
    public Value Ensure(List<TrainingStep> pass, Node reader, string suffix, Value value, Demand demand, bool perSample, bool dense = false)
    {
        if (demand.IsMetBy(value.Layout) && (!dense || value.Layout.IsDense))
            return value;
        return Repack(pass, reader, suffix, value, demand.Layout(value.Layout.Volume), perSample);
    }

    public Value Repack(List<TrainingStep> pass, Node reader, string suffix, Value value, TensorLayout layout, bool perSample)
    {
        var name = Names.Local(reader.Name, suffix);
        var copy = perSample ? PerSample(name, layout) : Shared(name, layout);
        Border(pass, reader, suffix, copy);
        var comment = $"{reader.Name}: {(layout.Order == value.Layout.Order ? "copied into a buffer with a border" : "channels reordered")}";
        EachSample(pass, reader, suffix, new RepackKernel(value.Layout, layout), comment, value.Operand, copy.Operand);
        return copy;
    }

    /// <summary>Fills a border that is not zero; zeros stand there from the beginning.</summary>
    public void Border(List<TrainingStep> pass, Node node, string suffix, Value value)
    {
        if (value.Layout.BorderIsMinusInfinity)
            EachSample(pass, node, suffix + "Border", new BorderKernel(value.Layout), $"{node.Name}: the border never wins", value.Operand);
    }

    private Value Allocate(TrainingTensor tensor, TensorLayout layout)
    {
        Tensors.Add(tensor);
        return new Value(Tensors.Count - 1, layout);
    }

    private static Step MakeStep(Node node, string suffix, Kernel kernel, string comment, Operand[] operands) =>
        new(Names.Method(node.Name) + suffix, kernel, operands.ToEquatableArray(), comment, node.Source);
}
