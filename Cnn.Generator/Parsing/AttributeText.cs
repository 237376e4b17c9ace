using System;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;

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

        if (constant.Kind == TypedConstantKind.Array)
            return string.Join(", ", AttributeValues.Items(constant).Select(item => Of("", item)));
        return constant.Value switch
        {
            ITypeSymbol named => "typeof(" + named.Name + ")",
            string value => "\"" + value + "\"",
            float value => value.ToString("R", CultureInfo.InvariantCulture) + "f",
            bool value => value ? "true" : "false",
            int.MinValue when name == "Padding" => "Padding.Same",
            double value => Of(value),
            var value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null",
        };
    }

    private static string Of(double value)
    {
        if (double.IsNaN(value))
            return "double.NaN";
        if (double.IsInfinity(value))
            return value > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity";
        return value.ToString("R", CultureInfo.InvariantCulture);
    }
}
