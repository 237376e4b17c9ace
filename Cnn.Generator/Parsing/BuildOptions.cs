using System;
using System.Globalization;
using Cnn.Generator.Graph;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Cnn.Generator.Parsing;

/// <summary>What the properties of the user's project say.</summary>
/// <param name="ChecksMemory">CnnCheckMemory: whether inference checks its memory.</param>
/// <param name="SharedWork">CnnSharedWork: the multiply-adds from which threads share one inference.</param>
internal sealed record BuildOptions(bool ChecksMemory, long SharedWork)
{
    /// <summary>Of a project that sets none.</summary>
    public static readonly BuildOptions Default = new(false, Network.UsualSharedWork);

    /// <summary>Reads them; what is no number is as if it were not there.</summary>
    public static BuildOptions Read(AnalyzerConfigOptions options)
    {
        options.TryGetValue("build_property.CnnCheckMemory", out var checks);
        options.TryGetValue("build_property.CnnSharedWork", out var shares);
        return new BuildOptions(
            string.Equals(checks, "true", StringComparison.OrdinalIgnoreCase),
            long.TryParse(shares, NumberStyles.None, CultureInfo.InvariantCulture, out var work) ? work : Network.UsualSharedWork);
    }
}
