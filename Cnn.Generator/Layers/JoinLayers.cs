using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Layers;

/// <summary>A layer that reads the current output and named ones.</summary>
internal abstract record JoinLayer(EquatableArray<string> Names) : Layer
{
    /// <summary>More names, or shapes, are cut: each of them may have a sentence that would hold all.</summary>
    private const int MostListed = 16;

    public override string Title => (Kind + " " + string.Join(", ", Shown(Names))).TrimEnd();

    public override string TableTitle => Title;

    public override EquatableArray<string> With => Names;

    /// <summary>Gets a value indicating whether of two sizes the larger one is meant.</summary>
    public virtual bool Enlarges => false;

    /// <summary>Gets the named outputs as a list in a sentence.</summary>
    protected string List
    {
        get
        {
            var shown = Shown(Names);
            return shown.Count == 1 ? shown[0] : string.Join(", ", shown.Take(shown.Count - 1)) + " and " + shown[shown.Count - 1];
        }
    }

    /// <summary>Whether shapes can be joined.</summary>
    public abstract bool Fits(EquatableArray<Shape> inputs);

    /// <summary>The shapes into which one may be turned to be joined with another.</summary>
    public virtual IEnumerable<Shape> Fitting(Shape shape, Shape other) => [other];

    public override Shape Infer(Shape input) => input;

    public override bool Check(EquatableArray<Shape> inputs, LayerCheck check)
    {
        if (Fits(inputs))
            return true;

        // The current one itself may be what does not fit; then the first of the others is what it is held against.
        var index = inputs.Skip(1).Select((input, i) => FitsAlone(input, inputs) ? 0 : i + 1).FirstOrDefault(i => i > 0);
        index = index == 0 ? 1 : index;
        var (wayOut, remedies) = JoinRemedies.Find(this, inputs, index, check);
        check.Report(
            Rules.ShapesDiffer,
            "with",
            remedies,
            inputs[0] + " from " + check.Producer,
            inputs[index].ToString(),
            Names[index - 1],
            Why(inputs[0]),
            wayOut);
        return false;
    }

    /// <summary>The texts themselves, or the first of them and how many more there are.</summary>
    protected static IReadOnlyList<string> Shown(IReadOnlyList<string> texts) => texts.Count <= MostListed
        ? texts
        : [.. texts.Take(MostListed - 1), Text.Number(texts.Count - MostListed + 1) + " more"];

    /// <summary>Whether a shape is none of those that do not fit.</summary>
    protected abstract bool FitsAlone(Shape input, EquatableArray<Shape> inputs);

    /// <summary>What may be joined, as the end of a sentence.</summary>
    protected abstract string Why(Shape current);
}

/// <summary>
/// The sum of the current output and the named ones, element by element; without names, that of the two ways of a residual block.
/// </summary>
internal sealed record AddLayer(EquatableArray<string> Names) : JoinLayer(Names)
{
    public override string Kind => "Add";

    public override string NameStem => "add";

    public static Layer? Read(ArgumentReader reader)
    {
        var names = reader.Names();
        return reader.Failed ? null : new AddLayer(names);
    }

    public override bool Fits(EquatableArray<Shape> inputs) => inputs.All(input => input == inputs[0]);

    public override string Describe(Shape input) => (Names.Count == 0 ? "the sum of both ways, " : "the sum with " + List + ", ") + input;

    protected override bool FitsAlone(Shape input, EquatableArray<Shape> inputs) => input == inputs[0];

    protected override string Why(Shape current) => "a sum takes equal shapes";
}

/// <summary>
/// The product of the current output and the named ones, element by element; a gate of 1 x 1 x c multiplies whole channels.
/// </summary>
internal sealed record MultiplyLayer(EquatableArray<string> Names) : JoinLayer(Names)
{
    public override string Kind => "Multiply";

    public override string NameStem => "multiply";

    public static Layer? Read(ArgumentReader reader)
    {
        var names = reader.Names();
        return reader.Failed ? null : new MultiplyLayer(names);
    }

    /// <summary>Whether a factor stands for a whole channel of the product.</summary>
    public static bool IsGate(Shape factor, Shape product) =>
        factor is { IsVector: false, Height: 1, Width: 1 } && product is { IsVector: false } && factor != product
        && factor.Channels == product.Channels;

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

    public override bool Fits(EquatableArray<Shape> inputs) => inputs.All(input => FitsAlone(input, inputs));

    /// <summary>What has no rows and columns is meant as a gate.</summary>
    public override IEnumerable<Shape> Fitting(Shape shape, Shape other) =>
        shape is { Height: 1, Width: 1 } && !other.IsVector ? [Shape.Volume(1, 1, other.Channels)] : [other];

    public override string Describe(Shape input) => "the product with " + List + ", " + input;

    public override string Describe(EquatableArray<Shape> inputs)
    {
        var product = Infer(inputs);
        var gates = inputs.Where(input => IsGate(input, product)).Select(input => input + " over " + product).Distinct().ToList();
        return "the product with " + List + ", " + (gates.Count == 0 ? product.ToString() : string.Join(", ", gates));
    }

    protected override bool FitsAlone(Shape input, EquatableArray<Shape> inputs)
    {
        var product = Infer(inputs);
        return input == product || IsGate(input, product);
    }

    protected override string Why(Shape current) => "a product takes equal shapes, or volumes and gates of 1x1 with as many channels";
}

/// <summary>The channels of the current output, then those of the named ones; the elements, where they are vectors.</summary>
internal sealed record ConcatLayer(EquatableArray<string> Names) : JoinLayer(Names)
{
    public override string Kind => "Concat";

    public override string NameStem => "concat";

    public override bool Enlarges => true;

    public static Layer? Read(ArgumentReader reader)
    {
        var names = reader.Names();
        return reader.Failed ? null : new ConcatLayer(names);
    }

    public override Shape Infer(EquatableArray<Shape> inputs) => inputs[0] with { Channels = inputs.Sum(input => input.Channels) };

    public override bool Fits(EquatableArray<Shape> inputs) => inputs.All(input => FitsAlone(input, inputs));

    public override IEnumerable<Shape> Fitting(Shape shape, Shape other) =>
        !other.IsVector ? [other with { Channels = shape.Channels }] : shape.LongLength <= int.MaxValue ? [Shape.Vector(shape.Length)] : [];

    public override bool Check(EquatableArray<Shape> inputs, LayerCheck check) => base.Check(inputs, check) && check.FitsArray(
        "", "an output", inputs[0].Height, inputs[0].Width, inputs.Sum(input => (decimal)input.Channels), "join smaller ones");

    public override string Describe(Shape input) => "joined with " + List + ", " + input;

    public override string Describe(EquatableArray<Shape> inputs) =>
        "joined with " + List + ", " + string.Join(" + ", Shown([.. inputs.Select(input => input.ToString())])) + " -> " + Infer(inputs);

    protected override bool FitsAlone(Shape input, EquatableArray<Shape> inputs) => input with { Channels = inputs[0].Channels } == inputs[0];

    protected override string Why(Shape current) =>
        current.IsVector ? "a vector is joined with vectors" : "volumes of one height and width are joined";
}
