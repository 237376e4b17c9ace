using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Cnn.Generator.Emission;
using Cnn.Generator.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Benchmarks.Tuning;

/// <summary>Kernels without a network around them, printed as the compiler prints them, compiled and loaded.</summary>
internal static class PrintedKernels
{
    private const string Class = "Kernels";

    /// <summary>Prints a class with a method <c>Run</c> and the kernels that it calls.</summary>
    /// <param name="parameters">The parameters of the method.</param>
    /// <param name="body">Prints its body, and names in the table what that calls.</param>
    public static string Print(string parameters, Action<CodeWriter, KernelTable> body)
    {
        var writer = new CodeWriter();
        var table = new KernelTable();
        writer.Line("namespace Cnn.Generated;");
        foreach (var use in NetworkEmitter.Usings)
            writer.Line($"using {use};");
        using (writer.Block("public static class " + Class))
        {
            using (writer.Block($"public static void Run({parameters})"))
                body(writer, table);
            new KernelEmitter(writer, table, described: 0).Emit();
        }

        return writer.ToString();
    }

    /// <summary>Compiles what was printed and returns its <c>Run</c>.</summary>
    /// <typeparam name="TCall">A delegate of its parameters.</typeparam>
    /// <exception cref="InvalidOperationException">What was printed is no C#.</exception>
    public static TCall Compile<TCall>(string source)
        where TCall : Delegate
    {
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release);
        var name = "Kernels" + Guid.NewGuid().ToString("N");
        using var image = new MemoryStream();
        var result = CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(source)], ProjectReferences.All, options).Emit(image);
        if (!result.Success)
            throw new InvalidOperationException(string.Join("\n", Errors(result.Diagnostics)));
        image.Position = 0;
        var type = AssemblyLoadContext.Default.LoadFromStream(image).GetType("Cnn.Generated." + Class, throwOnError: true)!;
        return type.GetMethod("Run", BindingFlags.Public | BindingFlags.Static)!.CreateDelegate<TCall>();
    }

    private static IEnumerable<string> Errors(IEnumerable<Diagnostic> diagnostics) =>
        diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(5).Select(diagnostic => diagnostic.ToString());
}
