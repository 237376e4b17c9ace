using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Cnn.Generator.Tests.Architecture;

/// <summary>Follows the text of records: C# writes every public property, computed ones too.</summary>
internal static class RecordTexts
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>The computed properties whose text holds the text of a record of the same type: written, they would never end.</summary>
    public static IEnumerable<string> Endless(IReadOnlyCollection<Type> types) =>
        from record in types.Where(WritesItsMembers)
        from property in Written(record)
        where property.DeclaringType!.GetField($"<{property.Name}>k__BackingField", Own) is null
        where Reached(property.PropertyType, types).Any(reached => reached == record)
        select $"{record.Name}.{property.Name}";

    /// <summary>One value of each record type that a value leads to, by the fields of the types of an assembly and by collections.</summary>
    public static Dictionary<Type, object> Samples(object root, Assembly assembly)
    {
        var samples = new Dictionary<Type, object>();
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<object>([root]);
        while (open.TryPop(out var value))
        {
            var type = value.GetType();
            if (!type.IsValueType && !seen.Add(value))
                continue;
            if (IsRecord(type))
                samples.TryAdd(type, value);
            if (value is IEnumerable items and not string)
            {
                foreach (var item in items)
                    Open(item);
            }

            for (var part = type.Assembly == assembly ? type : null; part is not null; part = part.BaseType)
            {
                foreach (var field in part.GetFields(Own))
                    Open(field.GetValue(value));
            }
        }

        return samples;

        void Open(object? value)
        {
            if (value is not null && !value.GetType().IsPrimitive)
                open.Push(value);
        }
    }

    public static bool IsRecord(Type type) => type.GetMethod("PrintMembers", Own) is not null;

    private static IEnumerable<Type> Reached(Type type, IReadOnlyCollection<Type> types)
    {
        var reached = new HashSet<Type>();
        var open = new Stack<Type>([type]);
        while (open.TryPop(out var next))
        {
            next = Nullable.GetUnderlyingType(next) ?? next;
            foreach (var record in types.Where(other => WritesItsMembers(other) && next.IsAssignableFrom(other) && reached.Add(other)))
            {
                foreach (var property in Written(record))
                    open.Push(property.PropertyType);
            }
        }

        return reached;
    }

    private static bool WritesItsMembers(Type type) =>
        IsRecord(type) && type.GetMethod("ToString", Own, [])?.GetCustomAttribute<CompilerGeneratedAttribute>() is not null;

    private static IEnumerable<PropertyInfo> Written(Type record) => record
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0);
}
