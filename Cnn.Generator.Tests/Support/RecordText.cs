using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Cnn.Generator.Tests.Support;

/// <summary>Records as text for people: the values of their primary constructors, without those that are null, false, 0 or empty.</summary>
internal static class RecordText
{
    /// <summary>A record with a line for each of its values, or for those that are named.</summary>
    public static string Lines(object value, params string[] names)
    {
        var members = Members(value).Where(member => names.Length == 0 || names.Contains(member.Name));
        return value.GetType().Name + string.Concat(members.Select(member => $"\n  {member.Name} = {Of(member.Value)}"));
    }

    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => "\"" + text + "\"",
        bool flag => flag ? "true" : "false",
        IEnumerable items => "[" + string.Join(", ", items.Cast<object?>().Select(Of)) + "]",
        _ when IsRecord(value.GetType()) => OfRecord(value),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string OfRecord(object value)
    {
        var text = string.Join(", ", Members(value).Select(member => member.Name + " = " + Of(member.Value)));
        return text.Length == 0 ? value.GetType().Name : value.GetType().Name + " { " + text + " }";
    }

    private static IEnumerable<(string Name, object? Value)> Members(object value)
    {
        var type = value.GetType();
        var names = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public)
            .Select(constructor => constructor.GetParameters().Select(parameter => parameter.Name!).ToArray())
            .Where(parameters => parameters.All(name => type.GetProperty(name) is not null))
            .MaxBy(parameters => parameters.Length) ?? [];
        return names.Select(name => (name, type.GetProperty(name)!.GetValue(value))).Where(member => !IsDefault(member.Item2));
    }

    private static bool IsDefault(object? value) => value switch
    {
        null or "" or false or 0 => true,
        string => false,
        IEnumerable items => !items.Cast<object?>().Any(),
        _ => false,
    };

    /// <summary>Whether the compiler wrote the type's <c>ToString</c>; a hand-written one is shorter and is used.</summary>
    private static bool IsRecord(Type type) =>
        type.GetMethod(nameof(ToString), Type.EmptyTypes)!.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);
}
