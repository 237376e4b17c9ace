using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Cnn.Generator.Tests.Support;
using Microsoft.CodeAnalysis;

namespace Cnn.Zoo.Tests.Support;

/// <summary>The zoo's declarations as text, for what is to be seen of the compiler at work.</summary>
internal static partial class ZooSource
{
    /// <summary>The declarations in a memory order, by file name.</summary>
    public static Dictionary<string, string> Of(string order)
    {
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "zoo"), "*.cs").Order(StringComparer.Ordinal);
        var layout = order == "chw" ? ", Layout = Layout.Chw" : "";
        return files.ToDictionary(
            file => Path.GetFileNameWithoutExtension(file),
            file => InputAttribute().Replace(File.ReadAllText(file), $"[Input($1{layout})]"));
    }

    /// <summary>Runs the generator over all of them.</summary>
    public static GeneratorRun Generate(string order, bool checkMemory = false)
    {
        SyntaxTree[] trees = [.. Of(order).Select(file => Harness.Parse(file.Value, file.Key + ".cs"))];
        return Harness.Run(Harness.Compilation(true, trees), checkMemory ? new() { ["build_property.CnnCheckMemory"] = "true" } : null);
    }

    [GeneratedRegex(@"\[Input\(([^)]*)\)\]")]
    private static partial Regex InputAttribute();
}
