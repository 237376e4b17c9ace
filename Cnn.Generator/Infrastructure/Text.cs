using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Cnn.Generator.Infrastructure;

/// <summary>Numbers and lists in messages, the same in every culture.</summary>
internal static class Text
{
    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>With thousands separated: <c>48,120</c>.</summary>
    public static string Grouped(decimal value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>1 row</c>, <c>2 rows</c>.</summary>
    public static string Count(long value, string noun) => Number(value) + " " + noun + (value == 1 ? "" : "s");

    public static string And(IEnumerable<string> parts) => string.Join(" and ", parts.Where(part => part.Length > 0));
}
