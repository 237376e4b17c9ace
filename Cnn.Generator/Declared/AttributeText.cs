using System.Linq;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Declared;

/// <summary>Writes attributes in the form that messages use.</summary>
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

    /// <summary>A string as C# writes it: on one line, whatever is in it, and without characters that are not seen.</summary>
    public static string Quoted(string value) => TensorMatch.Escape(CSharpText.Literal(value));
}
