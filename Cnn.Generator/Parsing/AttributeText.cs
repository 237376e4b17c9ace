using System;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Parsing;

/// <summary>Writes attributes and constants in the form that messages use.</summary>
internal static class AttributeText
{
    public static string Of(LayerDeclaration declaration)
    {
        var arguments = declaration.Arguments
            .Where(argument => argument.Form != ArgumentForm.Default)
            .Select(argument => argument.Form == ArgumentForm.Property ? argument.Name + " = " + argument.Text : argument.Text)
            .ToArray();
        return arguments.Length == 0
            ? "[" + declaration.Kind + "]"
            : "[" + declaration.Kind + "(" + string.Join(", ", arguments) + ")]";
    }

    public static string Of(string name, TypedConstant constant)
    {
        if (constant.Kind == TypedConstantKind.Enum && constant.Type is { } type)
        {
            var member = type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => Equals(field.ConstantValue, constant.Value));
            return member is null
                ? "(" + type.Name + ")" + Convert.ToString(constant.Value, CultureInfo.InvariantCulture)
                : type.Name + "." + member.Name;
        }

        if (constant.IsNull)
            return "null";
        if (constant.Kind == TypedConstantKind.Array)
            return string.Join(", ", constant.Values.Select(item => Of("", item)));
        return constant.Value switch
        {
            ITypeSymbol named => "typeof(" + Name(named) + ")",
            string value => Quoted(value),
            float value => value.ToString("R", CultureInfo.InvariantCulture) + "f",
            bool value => value ? "true" : "false",
            int.MinValue when name == "Padding" => "Padding.Same",
            double value => Of(value),
            var value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };
    }

    /// <summary>A type as <c>typeof</c> takes it, without its namespace.</summary>
    public static string Name(ITypeSymbol type) => type is INamedTypeSymbol { Arity: 0, SpecialType: SpecialType.None }
        ? Identifiers.Escape(type.Name)
        : type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    /// <summary>A string as C# writes it: on one line, whatever is in it, and without characters that are not seen.</summary>
    public static string Quoted(string value) => TensorMatch.Escape(SymbolDisplay.FormatLiteral(value, quote: true));

    private static string Of(double value)
    {
        if (double.IsNaN(value))
            return "double.NaN";
        if (double.IsInfinity(value))
            return value > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity";
        return value.ToString("R", CultureInfo.InvariantCulture);
    }
}
