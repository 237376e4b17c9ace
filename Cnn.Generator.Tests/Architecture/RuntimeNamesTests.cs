using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Intrinsics;
using System.Text.RegularExpressions;
using Cnn.Generator.Layers;
using Cnn.Generator.Tests.Support;
using Cnn.Kernels;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Cnn.Generator.Tests.Architecture;

/// <summary>The compiler prints calls of the runtime by name: each name that its strings can become is a method of the runtime.</summary>
public sealed class RuntimeNamesTests
{
    /// <summary>Stands in a text for what the syntax does not tell.</summary>
    private const string Unknown = "\0";

    private static readonly Type[] Classes =
        [.. typeof(VectorMath).Assembly.GetExportedTypes().Where(type => type is { Namespace: "Cnn.Kernels", IsAbstract: true, IsSealed: true })];

    private static readonly Regex Names = new(
        $@"(?:(?<=\bCnn\.Kernels\.)|(?<![\w.]))(?<type>{string.Join("|", Classes.Select(type => type.Name))})\.(?<method>[A-Z\0][\w\0]*)(?=\(|$)");

    private static readonly string[] Functions = Enum.GetNames<ActivationFunction>();

    [Fact]
    public void Each_method_of_the_runtime_that_the_compiler_can_print_exists()
    {
        var names = Printed().ToHashSet();
        Assert.InRange(names.Count, 50, 500);

        // A rectifier is a maximum, in the compiler as in the processor.
        names.Remove(("VectorMath", nameof(ActivationFunction.Relu)));
        Assert.Empty(from name in names where !Methods(name.Type, name.Method).Any() select name);
    }

    [Fact]
    public void Each_activation_has_a_method_for_every_width_and_two_for_arrays()
    {
        Type[] widths = [typeof(Vector128<float>), typeof(Vector256<float>), typeof(Vector512<float>)];
        Assert.Empty(
            from function in Functions
            where function != nameof(ActivationFunction.Relu)
            from width in widths
            where !Methods(nameof(VectorMath), function).Any(method => method.ReturnType == width && method.GetParameters()[0].ParameterType == width)
            select (function, width));
        Assert.Empty(
            from function in Functions
            from name in new[] { function, function + "Backward" }
            where !Methods(nameof(Elementwise), name).Any()
            select name);
    }

    private static IEnumerable<MethodInfo> Methods(string type, string name) =>
        Classes.Single(candidate => candidate.Name == type).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.Name == name);

    private static IEnumerable<(string Type, string Method)> Printed() =>
        from path in Directory.GetFiles(Repository.Path("Cnn.Generator"), "*.cs", SearchOption.AllDirectories)
        where !Regex.IsMatch(path, @"[/\\](obj|bin)[/\\]")
        from text in CSharpSyntaxTree.ParseText(File.ReadAllText(path)).GetRoot().DescendantNodes().OfType<ExpressionSyntax>()
        where text is InterpolatedStringExpressionSyntax || text.IsKind(SyntaxKind.StringLiteralExpression)
        from value in Values(text)
        from Match match in Names.Matches(value)
        select (match.Groups["type"].Value, match.Groups["method"].Value);

    /// <summary>The texts that an expression can become.</summary>
    private static IEnumerable<string> Values(SyntaxNode? node) => node switch
    {
        LiteralExpressionSyntax { Token.Value: string text } => [text],
        InterpolatedStringTextSyntax text => [text.TextToken.ValueText],
        InterpolationSyntax hole => Values(hole.Expression),
        InterpolatedStringExpressionSyntax text => text.Contents.Aggregate<SyntaxNode, IEnumerable<string>>([""], Joined),
        ParenthesizedExpressionSyntax inner => Values(inner.Expression),
        ConditionalExpressionSyntax choice => Values(choice.WhenTrue).Concat(Values(choice.WhenFalse)),
        BinaryExpressionSyntax sum when sum.IsKind(SyntaxKind.AddExpression) => Joined(Values(sum.Left), sum.Right),
        MemberAccessExpressionSyntax { Name.Identifier.Text: "Function" } => Functions,
        IdentifierNameSyntax name => Values(name.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.DescendantNodes()
            .OfType<VariableDeclaratorSyntax>().FirstOrDefault(variable => variable.Identifier.Text == name.Identifier.Text)?.Initializer?.Value),
        _ => [Unknown],
    };

    private static IEnumerable<string> Joined(IEnumerable<string> starts, SyntaxNode end)
    {
        string[] ends = [.. Values(end).Distinct()];
        return starts.SelectMany(start => ends.Select(last => start + last)).Take(1000).ToList();
    }
}
