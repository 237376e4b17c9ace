using System;
using System.Globalization;
using System.Linq;
using Cnn.Generator.Declared;
using Cnn.Generator.Infrastructure;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Parsing;

/// <summary>Writes the constants of attributes in the form that messages use.</summary>
internal static class ConstantText
{
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
            string value => AttributeText.Quoted(value),
            float value => value.ToString("R", CultureInfo.InvariantCulture) + "f",
            bool value => value ? "true" : "false",
            int.MinValue when name == "Padding" => "Padding.Same",
            double value => Of(value),
            var value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };
    }

    /// <summary>A type as <c>typeof</c> takes it, without its namespace.</summary>
    public static string Name(ITypeSymbol type) => type is INamedTypeSymbol { Arity: 0, SpecialType: SpecialType.None }
        ? CSharpText.Identifier(type.Name)
        : type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    private static string Of(double value)
    {
        if (double.IsNaN(value))
            return "double.NaN";
        if (double.IsInfinity(value))
            return value > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity";
        return value.ToString("R", CultureInfo.InvariantCulture);
    }
}
