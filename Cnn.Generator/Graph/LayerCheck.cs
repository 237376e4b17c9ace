using System;
using System.Numerics;
using Cnn.Generator.Declared;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Graph;

/// <summary>The layer whose output has the shape that arrives; layers that change no shape are passed over.</summary>
/// <param name="Name"><c>conv1</c>, or empty for the input.</param>
/// <param name="Title"><c>Conv 5x5</c>; for the input its attribute.</param>
internal readonly record struct Producer(string Name, string Title)
{
    public bool IsInput => Name.Length == 0;

    /// <summary>As the one who gives: <c>pool1 (MaxPool 2)</c>.</summary>
    public override string ToString() => IsInput ? Title : Name + " (" + Title + ")";

    /// <summary>As what was given: <c>the 5x5x16 output of MaxPool 2</c>, <c>the 5x5x1 input</c>.</summary>
    public string Output(Shape shape) => IsInput ? "the " + shape + " input" : "the " + shape + " output of " + Title;
}

/// <summary>What a layer's checks need besides the shape that arrives, and where they report.</summary>
internal sealed class LayerCheck(
    LayerDeclaration declaration, Place place, EquatableArray<Producer> producers, string vectorSince, FaultList faults)
{
    public LayerCheck(LayerDeclaration declaration, Place place, Producer producer, string vectorSince, FaultList faults)
        : this(declaration, place, [producer], vectorSince, faults)
    {
    }

    /// <summary>Gets the attribute in normal form.</summary>
    public string Text => declaration.Text;

    /// <summary>Gets who computes the values that arrive, in the order in which the layer reads them.</summary>
    public EquatableArray<Producer> Producers => producers;

    /// <summary>Gets who computes the first of them.</summary>
    public Producer Producer => producers[0];

    /// <summary>Gets the attribute that turned the volume into a vector, in normal form; empty before it.</summary>
    public string VectorSince => vectorSince;

    /// <summary>Gets the name by which the first of them can be read; null where nothing can read it.</summary>
    public string? CurrentName => NameOfCurrent?.Invoke();

    /// <summary>Gets the shape that enters the network; null where it is not known.</summary>
    public Shape? NetworkInput { get; init; }

    /// <summary>Gets what finds that name.</summary>
    public Func<string?>? NameOfCurrent { get; init; }

    public bool Has(string name) => declaration.Find(name) is not null;

    public int? Written(string name) => declaration.Find(name) is { Value: int value, Form: not ArgumentForm.Default } ? value : null;

    /// <summary>
    /// Reports at an argument, or at the attribute where the argument is not written. The message begins with the attribute.
    /// </summary>
    public void Report(Rule rule, string argument, params string[] arguments) => Report(rule, argument, [], arguments);

    public void Report(Rule rule, string argument, EquatableArray<Remedy> remedies, params string[] arguments) => faults.Report(
        rule, declaration.Find(argument) is null ? place : place.At(argument), remedies, [declaration.Text, .. arguments]);

    /// <summary>Reports an array that is too large to index. Its sides come in decimal, which no declaration overflows.</summary>
    /// <param name="argument">Where, or empty for the attribute.</param>
    /// <param name="what">What would have that shape: <c>a padded input</c>.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="channels">Its channels.</param>
    /// <param name="smaller">What makes it smaller, as a request.</param>
    public bool FitsArray(string argument, string what, decimal height, decimal width, decimal channels, string smaller)
    {
        var elements = new BigInteger(height) * new BigInteger(width) * new BigInteger(channels);
        if (elements <= SizeLimits.LargestArray)
            return true;
        Report(
            Rules.ActivationTooLarge,
            argument,
            what + " of " + Infrastructure.Text.Whole(height) + "x" + Infrastructure.Text.Whole(width) + "x" + Infrastructure.Text.Whole(channels),
            $"{elements:N0}",
            Infrastructure.Text.Grouped(SizeLimits.LargestArray),
            smaller);
        return false;
    }

    /// <summary>Reports a volume that arrives where a vector is needed.</summary>
    public bool RequireVector(Shape input)
    {
        if (input.IsVector)
            return true;
        // Where it starts from another output, what stands before it is not what arrives.
        EquatableArray<Remedy> remedies = Has("From") ? [] : [new Remedy(RemedyKind.InsertBefore, "Flatten")];
        Report(Rules.VectorExpected, "", remedies, Producer.ToString(), input.ToString());
        return false;
    }

    /// <summary>Reports a vector that arrives where a volume is needed.</summary>
    /// <param name="input">What arrives.</param>
    /// <param name="isNeeded">Whether the layer has a purpose where a vector arrives; else it can be removed.</param>
    public bool RequireVolume(Shape input, bool isNeeded = true)
    {
        if (!input.IsVector)
            return true;
        // Before the input there is no place to move to.
        var elsewhere = vectorSince.StartsWith("[Input(", StringComparison.Ordinal)
            ? "put [Reshape(height, width, channels)] before it"
            : "move it before " + vectorSince;
        EquatableArray<Remedy> remedies = isNeeded || Has("From") || Has("Name") ? [] : [new Remedy(RemedyKind.Remove)];
        Report(Rules.VolumeExpected, "", remedies, Producer.ToString(), input.ToString(), isNeeded ? elsewhere : "remove it");
        return false;
    }

}
