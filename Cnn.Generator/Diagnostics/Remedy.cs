using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;

namespace Cnn.Generator.Diagnostics;

/// <summary>What a code fix does to the source at which a fault lies.</summary>
internal enum RemedyKind
{
    /// <summary>Makes the class partial.</summary>
    AddPartial,

    /// <summary>Gives an argument a value, whether or not it is written.</summary>
    SetArgument,

    /// <summary>Leaves an argument out.</summary>
    RemoveArgument,

    /// <summary>Writes another string in the place of one.</summary>
    ReplaceString,

    /// <summary>Puts an attribute before this one.</summary>
    InsertBefore,

    /// <summary>Puts another attribute in the place of this one.</summary>
    Replace,

    /// <summary>Removes the attribute.</summary>
    Remove,

    /// <summary>Moves the attribute behind the last one of a name.</summary>
    MoveBehind,

    /// <summary>Puts an attribute about the whole network behind its input.</summary>
    AddToNetwork,
}

/// <summary>
/// A way out of a fault, which travels with the diagnostic: everything that a code fix has to know, so that it computes nothing anew.
/// </summary>
/// <param name="Kind">What to do.</param>
/// <param name="Name">The argument, a parameter or a property, or the attribute.</param>
/// <param name="Text">The value as C# writes it; for <see cref="RemedyKind.ReplaceString"/> the string that stands there, for
/// <see cref="RemedyKind.AddToNetwork"/> the arguments.</param>
internal sealed record Remedy(RemedyKind Kind, string Name = "", string Text = "")
{
    private const string Key = "Cnn.Remedy";

    private const char Separator = '\n';

    /// <summary>Gets a value indicating whether it changes nothing beyond the attribute and the place before it.</summary>
    public bool IsOfAttribute => Kind is not (RemedyKind.AddPartial or RemedyKind.MoveBehind or RemedyKind.AddToNetwork);

    public static Remedy Set(string argument, string text) => new(RemedyKind.SetArgument, argument, text);

    public static Remedy Set(string argument, long value) => Set(argument, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>The remedies as the properties of a diagnostic.</summary>
    public static ImmutableDictionary<string, string?> ToProperties(IReadOnlyList<Remedy> remedies)
    {
        var properties = ImmutableDictionary<string, string?>.Empty;
        for (var i = 0; i < remedies.Count; i++)
        {
            var text = remedies[i].Kind.ToString() + Separator + remedies[i].Name + Separator + remedies[i].Text;
            properties = properties.Add(KeyOf(i), text);
        }

        return properties;
    }

    /// <summary>The remedies of a diagnostic, in their order.</summary>
    public static IEnumerable<Remedy> FromProperties(ImmutableDictionary<string, string?> properties)
    {
        for (var i = 0; properties.TryGetValue(KeyOf(i), out var text) && text is not null; i++)
        {
            var parts = text.Split([Separator], 3);
            if (parts.Length == 3 && Enum.TryParse<RemedyKind>(parts[0], out var kind))
                yield return new Remedy(kind, parts[1], parts[2]);
        }
    }

    private static string KeyOf(int index) => Key + index.ToString(CultureInfo.InvariantCulture);
}
