using System;
using Cnn.Generator.Declared;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Infrastructure;
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

    /// <summary>Reads two sizes from the constructor's one argument for both, or from its argument for each.</summary>
    public (int Height, int Width) Sizes(string both, string what, string height, string heightWhat, string width, string widthWhat)
    {
        if (!Has(both))
            return (Size(height, heightWhat), Size(width, widthWhat));
        var size = Size(both, what);
        return (size, size);
    }

    /// <summary>Reads a property for both sides, before which go those for one side: <c>Stride</c>, <c>StrideHeight</c>.</summary>
    public (int Height, int Width) Sides(string name, string what, int heightWhenAbsent = 1, int widthWhenAbsent = 1)
    {
        var height = Size(name, what, heightWhenAbsent);
        var width = Has(name) ? height : widthWhenAbsent;
        return (Size(name + "Height", name + "Height", height), Size(name + "Width", name + "Width", width));
    }

    /// <summary>Reads a number of at least 0.</summary>
    public int Count(string name, string what, int whenAbsent = 0)
    {
        if (declaration.Find(name) is not { Value: int value })
            return whenAbsent;
        if (value < 0)
            Refuse(Rules.NumberOutOfRange, name, what, Text.Number(value), "at least 0");
        return value;
    }

    /// <summary>Reads a number between two others, which it may reach.</summary>
    public int Within(string name, string what, int whenAbsent, int least, int most)
    {
        if (declaration.Find(name) is not { Value: int value })
            return whenAbsent;
        if (value >= least && value <= most)
            return value;
        Refuse(Rules.NumberOutOfRange, name, what, Text.Number(value), "from " + Text.Grouped(least) + " to " + Text.Grouped(most));
        return whenAbsent;
    }

    /// <summary>Reads <c>Padding</c> and the properties for its four sides, which go before it.</summary>
    public PaddingSpec Padding()
    {
        const string name = "Padding";
        var amount = 0;
        if (declaration.Find(name) is { Value: int value })
        {
            if (value == int.MinValue)
                return SamePadding();
            amount = value;
            if (value < 0)
                Refuse(Rules.NegativePadding, name, [Remedy.Set(name, "Padding.Same")], Text.Number(value));
        }

        return PaddingSpec.Of(PaddingOf("Top", amount), PaddingOf("Left", amount), PaddingOf("Bottom", amount), PaddingOf("Right", amount));
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
        if (declaration.Find(name) is not { } argument || Value(argument) is not { } value)
            return 0;
        var number = (float)value;
        if (number >= 0 && number < 1)
            return number;
        Refuse(rule, name, Plain(argument));
        return 0;
    }

    /// <summary>Reads a number, judged as the float that the code will hold; what is refused takes the default.</summary>
    /// <param name="name">The parameter or property.</param>
    /// <param name="what">What it is called in a sentence: <c>epsilon</c>.</param>
    /// <param name="whenAbsent">The default.</param>
    /// <param name="range">What it must be: <c>finite</c>.</param>
    /// <param name="isLegal">Whether a finite number is that.</param>
    public double Number(string name, string what, double whenAbsent, string range, Func<float, bool>? isLegal = null)
    {
        if (declaration.Find(name) is not { } argument || Value(argument) is not { } value)
            return whenAbsent;
        var number = (float)value;
        if (!float.IsNaN(number) && !float.IsInfinity(number) && (isLegal is null || isLegal(number)))
            return value;
        Refuse(Rules.NumberOutOfRange, name, what, Plain(argument), range);
        return whenAbsent;
    }

    /// <summary>Reads an enumeration; what is no member of it is refused and taken for the first.</summary>
    public int Mode(string name, string what, params string[] members)
    {
        if (declaration.Find(name) is not { Value: int value } argument)
            return 0;
        if (value >= 0 && value < members.Length)
            return value;
        Refuse(Rules.UnknownMode, name, argument.Text, what, string.Join(" or ", members));
        return 0;
    }

    /// <summary>Reads the names of the outputs that a layer joins to the one that arrives.</summary>
    public EquatableArray<string> Names()
    {
        var names = Strings("with");
        if (names.Count == 0)
            Refuse(Rules.NothingToJoin, "with");
        return names;
    }

    /// <summary>Reports an argument, or the attribute where it is not written. The message begins with the attribute.</summary>
    public void Refuse(Rule rule, string name, params string[] arguments) => Refuse(rule, name, [], arguments);

    public void Refuse(Rule rule, string name, EquatableArray<Remedy> remedies, params string[] arguments)
    {
        Failed = true;
        faults.Report(rule, Has(name) ? place.At(name) : place, remedies, [declaration.Text, .. arguments]);
    }

    /// <summary>Reports an argument that changes nothing.</summary>
    public void RefuseWithoutEffect(string name, string why, string wayOut) =>
        Refuse(Rules.WithoutEffect, name, [new Remedy(RemedyKind.RemoveArgument, name)], name, why, wayOut);

    /// <summary>The argument as it is written: <c>(Layout)7</c>.</summary>
    public string Written(string name) => declaration.Find(name) is { } argument ? Plain(argument) : "";

    private static double? Value(Argument argument) => argument.Value switch
    {
        double value => value,
        float value => value,
        int value => value,
        _ => null,
    };

    private static string Plain(Argument argument) => argument.Text.Replace("double.", "").Replace("float.", "");

    private PaddingSpec SamePadding()
    {
        foreach (var side in new[] { "PaddingTop", "PaddingLeft", "PaddingBottom", "PaddingRight" })
        {
            if (Has(side))
                RefuseWithoutEffect(side, "Padding.Same decides all four sides", "remove one of them");
        }

        return PaddingSpec.Same;
    }

    private int PaddingOf(string side, int whenAbsent)
    {
        var name = "Padding" + side;
        if (declaration.Find(name) is not { Value: int value })
            return whenAbsent;
        if (value < 0)
            Refuse(Rules.NegativePadding, name, Text.Number(value));
        return value;
    }
}
