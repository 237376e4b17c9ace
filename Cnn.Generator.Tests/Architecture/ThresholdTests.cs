using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Architecture;

/// <summary>The thresholds of a schedule stand in one place per family of kernels, with their reasons, and the processor's facts in one record.</summary>
public sealed partial class ThresholdTests
{
    /// <summary>Constants of kernels that decide nothing: columns of a printed line, the floats of a vector, the fields of a structure.</summary>
    private static readonly HashSet<string> Formats = ["Declarators", "Alignment", "FieldFloats"];

    [Fact]
    public void Kernels_have_no_thresholds_of_their_own()
    {
        var files = Directory.GetFiles(Repository.Path("Cnn.Generator", "Kernels"), "*.cs");

        Assert.NotEmpty(files);
        Assert.Equal([], files.SelectMany(file => Numbers(File.ReadAllText(file))).Where(name => !Formats.Contains(name)));
    }

    [Fact]
    public void Thresholds_have_a_reason()
    {
        var files = Directory.GetFiles(Repository.Path("Cnn.Generator", "Schedules", "Thresholds"), "*.cs");

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Equal(Numbers(File.ReadAllText(file)).Count(), Explained().Count(File.ReadAllText(file))));
    }

    [Fact]
    public void A_constant_is_seen() => Assert.Equal(["Most"], Numbers("    private const int Most = 12;"));

    private static IEnumerable<string> Numbers(string source) => Number().Matches(source).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"\b(?:const|static readonly) (?:int|long|float|double|IReadOnlyList<int>) (\w+)")]
    private static partial Regex Number();

    [GeneratedRegex(@"</summary>\n    public (?:const|static readonly) ")]
    private static partial Regex Explained();
}
