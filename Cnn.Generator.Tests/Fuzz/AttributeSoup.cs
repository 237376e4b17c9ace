using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Cnn.Tests.Support;
using CsCheck;

namespace Cnn.Generator.Tests.Fuzz;

/// <summary>
/// Random attributes of the declaration language: every constructor and every property, taken from the runtime, with values that fit, that
/// are out of all range, or that C# itself refuses.
/// </summary>
internal static class AttributeSoup
{
    /// <summary>How many blocks there are: B0, B1 and so on.</summary>
    public const int Blocks = 12;

    private static readonly Dictionary<Type, string[]> Values = new()
    {
        [typeof(int)] =
        [
            "1", "2", "3", "1", "2", "3", "4", "5", "8", "0", "-1", "int.MinValue", "int.MaxValue", "46341", "65536", "1 + 2", "default",
            "Other.Number", "Other.Missing", "Padding.Same", "Padding.Valid",
        ],
        [typeof(long)] = ["1", "100", "1000", "100_000", "1L << 40", "0", "-1", "long.MinValue", "long.MaxValue", "Other.Number", "default"],
        [typeof(double)] =
        [
            "0.5", "0.1", "1", "0", "-0.5", "double.NaN", "double.PositiveInfinity", "double.Epsilon", "1e300", "float.MaxValue",
            "Other.Ratio",
        ],
        [typeof(float)] = ["0.5f", "1", "0", "float.NaN", "float.NegativeInfinity", "float.Epsilon", "1e30f"],
        [typeof(bool)] = ["true", "false", "!true", "Other.Flag"],
        [typeof(string)] =
        [
            "\"a\"", "\"b\"", "\"c\"", "\"input\"", "\"conv1\"", "\"relu1\"", "\"\"", "null", "\"a.b\"", "\"\\n{0}\"", "nameof(Other)",
            "Other.Name",
        ],
        [typeof(Type)] =
        [
            .. Enumerable.Range(0, Blocks).Select(index => $"typeof(B{index})"),
            "typeof(Net)", "typeof(int)", "typeof(void)", "typeof(Missing)", "typeof(System.Collections.Generic.List<>)", "null!",
        ],
        [typeof(string[])] =
            ["\"a\"", "\"a\", \"b\"", "\"conv1\", null!", "new string[0]", "new[] { \"b\", \"a\" }", "(string[])null!", ""],
        [typeof(float[])] = ["new[] { 0.5f }", "new[] { 0.5f, 0.4f, 0.3f }", "new float[0]", "null!", "new[] { float.NaN }"],
    };

    /// <summary>Text that C# refuses, at least mostly.</summary>
    private static readonly string[] Wrong =
        ["\"text\"", "1.5", "null", "true", "typeof(int)", "new[] { 1 }", "Missing.Name", "'c'", "3000000000", "1u", "(1, 2)", "x: 1"];

    private static readonly Type[] Attributes =
    [
        .. typeof(LayerAttribute).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsPublic && type.Namespace == "Cnn" && type.IsSubclassOf(typeof(Attribute)))
            .OrderBy(type => type.Name, StringComparer.Ordinal),
    ];

    /// <summary>Gets a layer, a use of a block, an output or an input, with its arguments.</summary>
    public static Gen<string> Attribute { get; } = Gen.Frequency(
        (12, Gen.OneOf([.. Attributes.Select(Any)])), (9, Draws.From("Flatten", "Dense(3)", "Relu", "Conv(4, 3)", "BatchNorm")));

    /// <summary>Gets an input, mostly a small one.</summary>
    public static Gen<string> Input { get; } = Gen.Frequency(
        (4, Draws.From("Input(8, 8, 3)", "Input(12)", "Input(7, 5, 1, Layout = Layout.Chw)")), (1, Any(typeof(InputAttribute))));

    private static Gen<string> Any(Type type)
    {
        var name = type.Name[..^"Attribute".Length];
        var constructors = type.GetConstructors().Select(constructor => Arguments(constructor.GetParameters())).ToArray();
        var properties = type.GetProperties().Where(property => property.SetMethod is { IsPublic: true }).ToArray();
        Gen<string>[] settings =
            [.. properties.Select(property => Value(property.PropertyType).Select(value => property.Name + " = " + value))];
        var written = settings.Length == 0
            ? Gen.Const(Array.Empty<string>())
            : Gen.Frequency((3, Gen.Int[0, 1]), (1, Gen.Int[2, 4])).SelectMany(count => Gen.OneOf(settings).Array[count]);
        return Gen.Select(Gen.OneOf(constructors), written, (arguments, named) =>
        {
            var all = string.Join(", ", arguments.Concat(named).Where(argument => argument.Length > 0));
            return all.Length == 0 ? name : name + "(" + all + ")";
        });
    }

    /// <summary>The arguments of a constructor, sometimes one too few or too many.</summary>
    private static Gen<string[]> Arguments(ParameterInfo[] parameters)
    {
        var gen = Gen.Const(Array.Empty<string>());
        foreach (var parameter in parameters)
            gen = Gen.Select(gen, Value(parameter.ParameterType), (before, value) => (string[])[.. before, value]);
        return Gen.Select(gen, Gen.Int[0, 30]).Select((all, fate) => fate switch
        {
            0 when all.Length > 0 => all[1..],
            1 => [.. all, "1"],
            _ => all,
        });
    }

    private static Gen<string> Value(Type type)
    {
        var fitting = type.IsEnum
            ? [.. Enum.GetNames(type).Select(name => type.Name + "." + name), "(" + type.Name + ")7", "default"]
            : Values[type];
        return Gen.Frequency((25, Draws.From(fitting)), (1, Draws.From(Wrong)));
    }
}
