using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Intrinsics;
using System.Text.RegularExpressions;
using Cnn.Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>
/// Networks compiled together, as a compilation of many costs little more than one of a few. Which of the vector widths runs, which
/// generated code asks the processor, is here a property to be set, so that one machine tests all.
/// </summary>
internal sealed partial class NetworkBatch
{
    private const string Switch = """
        /// <summary>Stands in for the processor.</summary>
        public static class VectorSwitch
        {
            /// <summary>Gets or sets the bits of the vectors with which kernels run.</summary>
            public static int Bits { get; set; }
        }
        """;

    private readonly PropertyInfo _bits;

    private NetworkBatch(Assembly assembly, string generated)
    {
        Assembly = assembly;
        Generated = generated;
        _bits = assembly.GetType("VectorSwitch", true)!.GetProperty("Bits")!;
        Bits = Widths[0];
    }

    /// <summary>Gets the widths to test, in bits: all where there are vectors of 256, which emulate the widest quickly enough.</summary>
    public static int[] Widths => Vector256.IsHardwareAccelerated ? [512, 256, 128] : [128];

    public Assembly Assembly { get; }

    /// <summary>Gets the generated files.</summary>
    public string Generated { get; }

    /// <summary>Gets or sets the bits of the vectors with which kernels run. For all threads and networks of the batch.</summary>
    public int Bits
    {
        get => (int)_bits.GetValue(null)!;
        set => _bits.SetValue(null, value);
    }

    /// <summary>Compiles and loads networks; a warning or an error is an exception.</summary>
    /// <param name="source">Their declarations.</param>
    /// <param name="checkOverflow">Whether arithmetic is checked.</param>
    /// <param name="checkMemory">Whether inference checks its memory.</param>
    /// <param name="share">Whether threads share every inference, however small.</param>
    public static NetworkBatch Compile(string source, bool checkOverflow = false, bool checkMemory = false, bool share = false)
    {
        var options = $"overflow {checkOverflow}, memory {checkMemory}, share {share}";
        var compiled = CompiledNetworks.Get(source, options, () => Emit(source, checkOverflow, checkMemory, share));
        using var image = new MemoryStream(compiled.Image);
        return new NetworkBatch(Harness.Load(image), compiled.Generated);
    }

    private static CompiledNetworks.Compiled Emit(string source, bool checkOverflow, bool checkMemory, bool share)
    {
        var properties = new Dictionary<string, string>();
        if (checkMemory)
            properties.Add("build_property.CnnCheckMemory", "true");
        if (share)
            properties.Add("build_property.CnnSharedWork", "0");
        var compilation = Harness.Compilation(true, Harness.Parse(source), Harness.Parse(Switch, "VectorSwitch.cs"));
        var run = Harness.Run(compilation.WithOptions(compilation.Options.WithOverflowChecks(checkOverflow)), properties);
        var output = run.Output;
        foreach (var file in run.Files)
        {
            // Changed, not parsed again: what is between the changes stays parsed.
            var switched = file.SourceText.WithChanges(
                WidthQuestion().Matches(file.SourceText.ToString()).Select(question => new TextChange(
                    new TextSpan(question.Index, question.Length), $"(global::VectorSwitch.Bits >= {question.Groups[1].Value})")));
            output = output.ReplaceSyntaxTree(file.SyntaxTree, file.SyntaxTree.WithChangedText(switched));
        }

        using var image = new MemoryStream();
        var emitted = output.Emit(image);
        var problems = run.Diagnostics.Concat(emitted.Diagnostics).Where(IsProblem).ToList();
        if (problems.Count > 0)
            throw new InvalidOperationException(string.Join("\n", problems.Take(20)));
        return new CompiledNetworks.Compiled(image.ToArray(), string.Concat(run.Files.Select(file => file.SourceText)));
    }

    [GeneratedRegex(@"Vector(512|256)\.IsHardwareAccelerated")]
    private static partial Regex WidthQuestion();

    /// <summary>The networks of the tests need no documentation.</summary>
    private static bool IsProblem(Diagnostic diagnostic) => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != "CS1591";

    /// <summary>Creates a network by the name of its class.</summary>
    public LoadedNetwork Create(string name, int seed = 1) => LoadedNetwork.Create(Assembly.GetType(name, true)!, seed);
}
