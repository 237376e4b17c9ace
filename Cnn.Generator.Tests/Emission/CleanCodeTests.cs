using System;
using System.Linq;
using Cnn.Generator.Tests.EndToEnd;
using Cnn.Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Cnn.Generator.Tests.Emission;

/// <summary>Generated code in the projects of others: it compiles without a warning whatever they have switched on or named.</summary>
public sealed class CleanCodeTests
{
    private const string Clean = """
        [Cnn.Input(12, 13, 3)]
        [Cnn.Conv(7, 3, Padding = 1), Cnn.LeakyRelu, Cnn.MaxPool(3, Stride = 2, Padding = 1)]
        [Cnn.Conv(16, 2), Cnn.Tanh, Cnn.AvgPool(2), Cnn.Dropout(0.5)]
        [Cnn.Flatten, Cnn.Dense(20), Cnn.Sigmoid, Cnn.Dropout(0.25), Cnn.Dense(5), Cnn.Softmax]
        public partial class Clean;
        """;

    /// <summary>Classes that bear the names of layers, of what the runtime calls its parts, and of what kernels name.</summary>
    private static readonly string[] Names =
    [
        "Conv", "MaxPool", "AvgPool", "Flatten", "Dense", "Relu", "LeakyRelu", "Sigmoid", "Tanh", "Softmax", "Dropout", "Blocks", "Kernel",
        "Kernels", "Elementwise", "NetworkRunner", "NetworkSummary", "TrainingPlan", "Span", "ReadOnlySpan",
        "Vector512", "Vector256", "Vector128", "Unsafe", "VectorMath", "VectorLanes", "MethodImpl", "MethodImplOptions", "F16", "F8", "F4", "NetCode", "NetTables",
        "NetBatch", "Axis", "Tensor", "Block", "Runs", "Normalization", "System",
    ];

    [Fact]
    public void Generated_code_compiles_without_a_warning_with_overflow_checks_documentation_and_nullable()
    {
        var compilation = Checked(Harness.Compilation(true, Harness.Parse(Clean)));

        Assert.Empty(Harness.Run(compilation).Problems.Select(problem => problem.ToString()));
    }

    [Theory]
    [InlineData("namespace Mine;\n", "")]
    [InlineData("", "System")] // the framework's own namespace has that name there
    public void Generated_code_compiles_beside_classes_named_as_what_it_names(string space, string except)
    {
        var others = string.Concat(Names.Where(name => name != except).Select(name => $"internal static class {name}; "));
        var source = space + others + "\n" + Clean;

        Assert.Empty(Harness.Run(Checked(Harness.Compilation(true, Harness.Parse(source)))).Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void Generated_code_needs_no_unsafe_and_holds_no_pointer()
    {
        var run = Harness.Run(Clean);
        Assert.False(((CSharpCompilationOptions)run.Output.Options).AllowUnsafe);
        Assert.DoesNotContain("unsafe ", run.Source, StringComparison.Ordinal);

        var type = NetworkBatch.Compile(Clean).Assembly.GetType("Clean", true)!;
        var methods = GeneratedMethods.Of(type).ToList();
        Assert.NotEmpty(methods);
        Assert.All(methods, method =>
        {
            Assert.DoesNotContain(method.GetMethodBody()!.LocalVariables, local => local.LocalType.IsPointer || local.IsPinned);
            Assert.DoesNotContain(method.GetParameters(), parameter => parameter.ParameterType.IsPointer);
        });
    }

    [Fact]
    public void Generated_code_keeps_to_four_spaces_and_line_feeds()
    {
        var source = Harness.Run(Clean).Source;

        Assert.DoesNotContain('\r', source);
        Assert.DoesNotContain('\t', source);
        Assert.EndsWith("}\n", source, StringComparison.Ordinal);
        Assert.All(source.Split('\n'), line =>
        {
            Assert.Equal(line.TrimEnd(), line);
            Assert.Equal(0, (line.Length - line.TrimStart().Length) % 4);
        });
    }

    /// <summary>
    /// A name that is looked up in a type local to its file costs C# a hash of the file's path, and an overload a conversion of each argument to the types
    /// of the others.
    /// </summary>
    [Fact]
    public void Generated_code_has_neither_types_local_to_its_file_nor_overloaded_kernels()
    {
        var root = Harness.Run(Clean).Files.Single().SyntaxTree.GetRoot();

        Assert.DoesNotContain(root.DescendantNodes().OfType<TypeDeclarationSyntax>(), type => type.Modifiers.Any(SyntaxKind.FileKeyword));
        var code = root.DescendantNodes().OfType<ClassDeclarationSyntax>().Single(type => type.Identifier.Text == "NetCode");
        var names = code.Members.OfType<MethodDeclarationSyntax>().Select(method => method.Identifier.Text).ToList();
        Assert.Empty(names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    /// <summary>Each network's kernels lie in a namespace that is named after it.</summary>
    [Fact]
    public void Networks_whose_names_are_alike_compile_beside_each_other()
    {
        const string layers = "[Cnn.Input(6, 6, 1)] [Cnn.Conv(2, 3), Cnn.Flatten, Cnn.Dense(2)] public partial class ";
        var source = $$"""
            namespace A { {{layers}}B; public partial class C { {{layers}}D; } {{layers}}_B; }
            namespace A_ { {{layers}}B; }
            namespace A.C_ { {{layers}}D; }
            {{layers}}A__B;
            {{layers}}A___B;
            {{layers}}@event;
            """;
        var run = Harness.Run(source);

        Assert.Equal(8, run.Files.Length);
        Assert.Empty(run.Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void Equal_declarations_give_equal_bytes()
    {
        Assert.Equal(Harness.Run(Clean).Source, Harness.Run(Clean).Source);
    }

    private static CSharpCompilation Checked(CSharpCompilation compilation) =>
        compilation.WithOptions(compilation.Options.WithOverflowChecks(true).WithWarningLevel(9999));
}
