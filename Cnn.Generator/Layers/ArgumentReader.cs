using Cnn.Generator.Diagnostics;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Parsing;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Layers;

/// <summary>Gives a layer its arguments as values, and reports those that no network allows.</summary>
internal sealed class ArgumentReader(LayerDeclaration declaration, Place place, FaultList faults)
{
    /// <summary>Gets a value indicating whether an argument was refused, so that the values read mean nothing together.</summary>
    public bool Failed { get; private set; }

    public bool Has(string name) => declaration.Find(name) is not null;

    /// <summary>Reads a size; what is absent takes the default unchecked.</summary>
    /// <param name="name">The parameter or property.</param>
    /// <param name="what">What it is called in a sentence: <c>the stride</c>.</param>
    /// <param name="whenAbsent">The default.</param>
    public int Size(string name, string what, int whenAbsent = 1)
    {
        if (declaration.Find(name) is not { Value: int value })
            return whenAbsent;
        if (value < 1)
            Refuse(Rules.SizeNotPositive, name, what, Text.Number(value));
        return value;
    }

    public PaddingSpec Padding()
    {
        const string name = "Padding";
        if (declaration.Find(name) is not { Value: int value })
            return PaddingSpec.Of(0);
        if (value == int.MinValue)
            return PaddingSpec.Same;
        if (value < 0)
            Refuse(Rules.NegativePadding, name, Text.Number(value));
        return PaddingSpec.Of(value);
    }

    /// <summary>Reads a name; null where it is absent or null.</summary>
    public string? String(string name) => declaration.Find(name)?.Value as string;

    /// <summary>Reads a list of names; empty where it is absent or null.</summary>
    public EquatableArray<string> Strings(string name) =>
        declaration.Find(name)?.Value is EquatableArray<string> names ? names : [];

    public bool Flag(string name, bool whenAbsent) => declaration.Find(name) is { Value: bool value } ? value : whenAbsent;

    /// <summary>Reads a number in [0, 1). Compared as the float that the code will hold, for 0.999999999 rounds to 1.</summary>
    public float Fraction(string name, Rule rule)
    {
        if (declaration.Find(name) is not { Value: double value } argument)
            return 0;
        var number = (float)value;
        if (number >= 0 && number < 1)
            return number;
        Refuse(rule, name, argument.Text.Replace("double.", ""));
        return 0;
    }

    private void Refuse(Rule rule, string name, params string[] arguments)
    {
        Failed = true;
        faults.Report(rule, place.At(name), [declaration.Text, .. arguments]);
    }
}
