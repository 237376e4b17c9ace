using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Cnn.Generator.Infrastructure;

/// <summary>
/// Numbers and lists in messages and in generated code, the same in every culture; as are those within <c>$"..."</c>, see
/// <see cref="System.Runtime.CompilerServices.DefaultInterpolatedStringHandler"/>.
/// </summary>
internal static class Text
{
    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The shortest text that reads back as the same value.</summary>
    public static string Number(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <inheritdoc cref="Number(float)"/>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A number in generated code: <c>0.25f</c>.</summary>
    public static string Literal(float value) => Number(value) + "f";

    /// <summary>Without a fraction, however large.</summary>
    public static string Whole(decimal value) => value.ToString("0", CultureInfo.InvariantCulture);

    /// <summary>With thousands separated: <c>48,120</c>.</summary>
    public static string Grouped(decimal value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>1 row</c>, <c>2 rows</c>.</summary>
    public static string Count(long value, string noun) => Number(value) + " " + noun + (value == 1 ? "" : "s");

    public static string And(IEnumerable<string> parts) => string.Join(" and ", parts.Where(part => part.Length > 0));
}
