using System.Linq;
using Cnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Parsing;

/// <summary>Where the arguments of an attribute stand.</summary>
internal static class AttributeLocations
{
    /// <summary>Adds those that are written, by the name of the parameter or property.</summary>
    public static void AddArguments(DeclarationLocations locations, AttributeData attribute, AttributeSyntax syntax, Place place)
    {
        var parameters = attribute.AttributeConstructor!.Parameters;
        for (var i = 0; i < parameters.Length; i++)
        {
            if (FindPositional(syntax, i, parameters[i].Name) is not { } written)
                continue;
            locations.Add(place.At(parameters[i].Name), written.GetLocation());
            if (parameters[i].IsParams && written.NameColon is null)
                AddElements(locations, syntax, place, parameters[i].Name, i);
        }

        foreach (var argument in AttributeValues.Written(syntax))
        {
            if (argument.NameEquals is { } property)
                locations.Add(place.At(property.Name.Identifier.ValueText), argument.GetLocation());
        }
    }

    /// <summary>The argument for a parameter; null where it is not written.</summary>
    public static AttributeArgumentSyntax? FindPositional(AttributeSyntax syntax, int index, string name)
    {
        var position = 0;
        foreach (var argument in AttributeValues.Written(syntax).Where(argument => argument.NameEquals is null))
        {
            if (argument.NameColon is null ? position == index : argument.NameColon.Name.Identifier.ValueText == name)
                return argument;
            position++;
        }

        return null;
    }

    /// <summary>Where the second and later elements of a list stand; the first stands where the list does.</summary>
    private static void AddElements(DeclarationLocations locations, AttributeSyntax syntax, Place place, string name, int index)
    {
        var elements = AttributeValues.Written(syntax).Where(argument => argument.NameEquals is null).Skip(index).ToList();
        for (var i = 1; i < elements.Count; i++)
            locations.Add(place.At(name, i), elements[i].GetLocation());
    }
}
