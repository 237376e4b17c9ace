using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Layers;

/// <summary>
/// The sum of the current output and the named ones, element by element; without names, that of the two ways of a residual block.
/// </summary>
internal sealed record AddLayer(EquatableArray<string> Names) : Layer
{
    public override string Kind => "Add";

    public override string NameStem => "add";

    public override string Title => Joins.Title(this);

    public override string TableTitle => Title;

    public override EquatableArray<string> With => Names;

    public static Layer? Read(ArgumentReader reader)
    {
        var names = reader.Names();
        return reader.Failed ? null : new AddLayer(names);
    }

    public override Shape Infer(Shape input) => input;

    public override bool Check(EquatableArray<Shape> inputs, LayerCheck check) =>
        Joins.CheckAll(this, inputs, other => other == inputs[0], "a sum takes equal shapes", check);

    public override string Describe(Shape input) =>
        (Names.Count == 0 ? "the sum of both ways, " : "the sum with " + Joins.List(Names) + ", ") + input;
}

/// <summary>
/// The product of the current output and the named ones, element by element; a gate of 1 x 1 x c multiplies whole channels.
/// </summary>
internal sealed record MultiplyLayer(EquatableArray<string> Names) : Layer
{
    public override string Kind => "Multiply";

    public override string NameStem => "multiply";

    public override string Title => Joins.Title(this);

    public override string TableTitle => Title;

    public override EquatableArray<string> With => Names;

    public static Layer? Read(ArgumentReader reader)
    {
        var names = reader.Names();
        return reader.Failed ? null : new MultiplyLayer(names);
    }

    /// <summary>Whether a factor stands for a whole channel of the product.</summary>
    public static bool IsGate(Shape factor, Shape product) =>
        factor is { IsVector: false, Height: 1, Width: 1 } && product is { IsVector: false } && factor != product
        && factor.Channels == product.Channels;

    public override Shape Infer(Shape input) => input;

    /// <summary>The first that is no gate.</summary>
    public override Shape Infer(EquatableArray<Shape> inputs)
    {
        foreach (var input in inputs)
        {
            if (input.Height > 1 || input.Width > 1)
                return input;
        }

        return inputs[0];
    }

    public override bool Check(EquatableArray<Shape> inputs, LayerCheck check)
    {
        var product = Infer(inputs);
        return inputs.All(input => input == product || IsGate(input, product))
            || Joins.Report(
                this,
                inputs,
                input => input == product || IsGate(input, product),
                "a product takes equal shapes, or volumes and gates of 1x1 with as many channels",
                check);
    }

    public override string Describe(Shape input) => "the product with " + Joins.List(Names) + ", " + input;

    public override string Describe(EquatableArray<Shape> inputs)
    {
        var product = Infer(inputs);
        var gates = inputs.Where(input => IsGate(input, product)).Select(input => input + " over " + product).Distinct().ToList();
        return "the product with " + Joins.List(Names) + ", " + (gates.Count == 0 ? product.ToString() : string.Join(", ", gates));
    }
}

/// <summary>The channels of the current output, then those of the named ones; the elements, where they are vectors.</summary>
internal sealed record ConcatLayer(EquatableArray<string> Names) : Layer
{
    public override string Kind => "Concat";

    public override string NameStem => "concat";

    public override string Title => Joins.Title(this);

    public override string TableTitle => Title;

    public override EquatableArray<string> With => Names;

    public static Layer? Read(ArgumentReader reader)
    {
        var names = reader.Names();
        return reader.Failed ? null : new ConcatLayer(names);
    }

    public override Shape Infer(Shape input) => input;

    public override Shape Infer(EquatableArray<Shape> inputs) => inputs[0] with { Channels = inputs.Sum(input => input.Channels) };

    public override bool Check(EquatableArray<Shape> inputs, LayerCheck check)
    {
        var first = inputs[0];
        return Joins.CheckAll(
                this,
                inputs,
                other => other with { Channels = first.Channels } == first,
                first.IsVector ? "a vector is joined with vectors" : "volumes of one height and width are joined",
                check)
            && check.FitsArray(
                "", "an output", first.Height, first.Width, inputs.Sum(input => (decimal)input.Channels), "join smaller ones");
    }

    public override string Describe(Shape input) => "joined with " + Joins.List(Names) + ", " + input;

    public override string Describe(EquatableArray<Shape> inputs) =>
        "joined with " + Joins.List(Names) + ", " + string.Join(" + ", inputs) + " -> " + Infer(inputs);
}

/// <summary>What the joins answer alike.</summary>
internal static class Joins
{
    public static string Title(Layer layer) => (layer.Kind + " " + string.Join(", ", layer.With)).TrimEnd();

    public static string List(IReadOnlyList<string> names) => names.Count == 1
        ? names[0]
        : string.Join(", ", names.Take(names.Count - 1)) + " and " + names[names.Count - 1];

    public static bool CheckAll(
        Layer layer, EquatableArray<Shape> inputs, System.Func<Shape, bool> fits, string why, LayerCheck check) =>
        inputs.All(fits) || Report(layer, inputs, fits, why, check);

    /// <summary>Names the first shape that does not fit, beside the current one.</summary>
    public static bool Report(
        Layer layer, EquatableArray<Shape> inputs, System.Func<Shape, bool> fits, string why, LayerCheck check)
    {
        // The current one itself may be what does not fit; then the first of the others is what it is held against.
        var index = inputs.Skip(1).Select((input, i) => fits(input) ? 0 : i + 1).FirstOrDefault(i => i > 0);
        index = index == 0 ? 1 : index;
        check.Report(
            Rules.ShapesDiffer,
            "with",
            inputs[0] + " from " + check.Producer,
            inputs[index].ToString(),
            layer.With[index - 1],
            why);
        return false;
    }
}
