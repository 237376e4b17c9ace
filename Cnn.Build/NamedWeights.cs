using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace Cnn.Build;

/// <summary>
/// Finds which files a source names in <c>[Weights("...")]</c>. What is embedded has to be known before C# is compiled, so this looks at
/// the text alone; the generator reports whatever it did not find.
/// </summary>
internal static partial class NamedWeights
{
    /// <summary>The paths, with slashes.</summary>
    public static IEnumerable<string> In(string source)
    {
        if (!source.Contains("Weights", StringComparison.Ordinal))
            yield break;
        foreach (Match match in Pattern().Matches(source))
        {
            if (match.Groups["path"] is { Success: true } path)
                yield return Normalize(path.Value.Replace(@"\\", @"\", StringComparison.Ordinal));
        }
    }

    /// <summary>A path as the index has it.</summary>
    public static string Normalize(string path) => path.Replace('\\', '/');

    /// <summary>The alternatives in front of the attribute take comments and strings away, so that none is found within them.</summary>
    [GeneratedRegex(
        """
          //[^\n]*
        | /\*.*?\*/
        | (?<=[\[,]\s*) (?: (?:global::)? Cnn\. )? Weights (?:Attribute)? \s* \( \s* (?: path \s* : \s* )?
          @? "(?<path> (?: \\. | [^"\\\n] )* )" \s* \)
        | "(?: \\. | [^"\\\n] )*"
        | '(?: \\. | [^'\\\n] )*'
        """,
        RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
