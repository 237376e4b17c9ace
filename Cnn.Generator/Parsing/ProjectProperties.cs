using System;
using System.Globalization;
using Cnn.Generator.Declared;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Cnn.Generator.Parsing;

/// <summary>Reads the options of a build.</summary>
internal static class ProjectProperties
{
    /// <summary>The options; a property that is no number is as if it were not there.</summary>
    public static BuildOptions Read(AnalyzerConfigOptions options)
    {
        options.TryGetValue("build_property.CnnCheckMemory", out var checks);
        options.TryGetValue("build_property.CnnSharedWork", out var shares);
        return new BuildOptions(
            string.Equals(checks, "true", StringComparison.OrdinalIgnoreCase),
            long.TryParse(shares, NumberStyles.None, CultureInfo.InvariantCulture, out var work) ? work : BuildOptions.UsualSharedWork);
    }
}
