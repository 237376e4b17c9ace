using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Tests.Architecture;

/// <summary>Finds where a program turns a number into text, or orders texts, as the culture of the machine does.</summary>
/// <param name="compilation">The sources.</param>
/// <param name="path">The only file that is searched; all where null.</param>
internal sealed class CultureUses(CSharpCompilation compilation, string? path = null)
{
    private const string Handler = "System.Runtime.CompilerServices.DefaultInterpolatedStringHandler";

    /// <summary>The methods whose overloads without a comparer compare texts by culture.</summary>
    private static readonly HashSet<string> Orderings =
        ["OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Order", "OrderDescending", "Sort", "Min", "Max", "MinBy", "MaxBy"];

    private static readonly HashSet<string> Comparisons = ["StartsWith", "EndsWith", "IndexOf", "LastIndexOf", "Compare", "CompareTo"];

    private static readonly HashSet<string> Writers =
        ["System.Text.StringBuilder", "System.IO.TextWriter", "System.IO.StringWriter", "System.IO.StreamWriter", "System.Console"];

    private readonly CultureSensitivity _sensitivity = new();

    /// <summary>
    /// Gets whether the assembly brings its own handler of interpolated strings, so that C# never formats one by culture.
    /// </summary>
    public bool InterpolatesInvariantly { get; } =
        compilation.GetTypeByMetadataName(Handler) is { } handler
        && SymbolEqualityComparer.Default.Equals(handler.ContainingAssembly, compilation.Assembly);

    /// <summary>The uses, one per line, each with its place.</summary>
    public IEnumerable<string> Find() =>
        from tree in compilation.SyntaxTrees
        where path is null || tree.FilePath == path
        let model = compilation.GetSemanticModel(tree)
        from node in tree.GetRoot().DescendantNodes()
        let fault = Fault(model, node)
        where fault is not null
        let line = tree.GetLineSpan(node.Span).StartLinePosition.Line + 1
        select $"{System.IO.Path.GetFileName(tree.FilePath)}:{line}: {fault}";

    private string? Fault(SemanticModel model, SyntaxNode node) => node switch
    {
        InterpolationSyntax hole when _sensitivity.Of(model.GetTypeInfo(hole.Expression).Type) is { } why && IsByCulture(model, hole, why) =>
            $"{{{hole.Expression}}} is {why.Text}",
        BinaryExpressionSyntax sum when sum.IsKind(SyntaxKind.AddExpression) && IsText(model.GetTypeInfo(sum).Type) =>
            Added(model, sum.Left) ?? Added(model, sum.Right),
        AssignmentExpressionSyntax sum when sum.IsKind(SyntaxKind.AddAssignmentExpression) && IsText(model.GetTypeInfo(sum.Left).Type) =>
            Added(model, sum.Right),
        SimpleNameSyntax name when model.GetSymbolInfo(name).Symbol is IMethodSymbol method => Called(model, name, method),
        _ => null,
    };

    /// <summary>Whether a hole is formatted by culture: in a string, or in what is appended to a builder without a provider.</summary>
    private bool IsByCulture(SemanticModel model, InterpolationSyntax hole, CultureSensitivity.Reason why)
    {
        var text = (InterpolatedStringExpressionSyntax)hole.Parent!;
        var isInvariant = model.GetTypeInfo(text).ConvertedType switch
        {
            { Name: "FormattableString" } => true,
            { SpecialType: SpecialType.System_String or SpecialType.System_Object } => InterpolatesInvariantly,
            { Name: "DefaultInterpolatedStringHandler" } => true,
            { Name: "AppendInterpolatedStringHandler" } => InterpolatesInvariantly || HasProvider(model, text),

            // A text that becomes another type is a text first.
            _ => InterpolatesInvariantly && model.GetConversion(text).MethodSymbol is { Parameters: [{ Type.SpecialType: SpecialType.System_String }] },
        };
        return !isInvariant || (why.IsWhole && InterpolatesInvariantly);
    }

    private static bool HasProvider(SemanticModel model, SyntaxNode text) =>
        text.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call && TakesProvider(model.GetSymbolInfo(call).Symbol as IMethodSymbol);

    private static bool TakesProvider(IMethodSymbol? method) => method is not null && method.Parameters.Any(parameter =>
        parameter.Type.Name is "IFormatProvider" or "CultureInfo" or "StringComparison" or "IComparer" or "StringComparer");

    private string? Added(SemanticModel model, ExpressionSyntax operand) =>
        model.GetConstantValue(operand) is not { HasValue: true, Value: string } && _sensitivity.Of(model.GetTypeInfo(operand).Type) is { } why
            ? $"+ {operand} adds {why.Text} to a text"
            : null;

    private string? Called(SemanticModel model, SimpleNameSyntax name, IMethodSymbol method)
    {
        if (TakesProvider(method))
            return null;
        var (type, called) = (method.ContainingType, method.Name);
        var owner = type.OriginalDefinition.ToDisplayString();
        if (called is "ToString" or "TryFormat" && Receiver(model, name) is { } receiver && _sensitivity.Of(receiver) is { } why)
            return $"{name.Parent} is {why.Text}";
        if (called is "Parse" or "TryParse" && type.TypeKind != TypeKind.Enum && _sensitivity.Of(type) is not null)
            return $"{name.Parent} reads a number by culture";
        if (owner == "System.Convert" && called == "ToString")
            return $"{name.Parent} has no culture";
        if (called is "Format" or "AppendFormat" && (IsText(type) || owner == "System.Text.StringBuilder"))
            return $"{name.Parent} has no culture";
        if (Comparisons.Contains(called) && IsText(type) && method.Parameters.All(parameter => IsText(parameter.Type)))
            return $"{name.Parent} compares by culture";
        if (Orderings.Contains(called) && owner.StartsWith("System.", StringComparison.Ordinal) && IsText(Key(method)))
            return $"{name.Parent} orders texts by culture";
        var writes = (IsText(type) && called is "Concat" or "Join")
            || (Writers.Contains(owner) && called is "Append" or "Insert" or "Write" or "WriteLine" or "AppendLine" or "AppendJoin");
        return writes && Arguments(model, name).FirstOrDefault(argument => argument is not null) is { } fault ? fault : null;
    }

    /// <summary>The type that an ordering compares: the key that is selected, or else the elements, of a list too.</summary>
    private static ITypeSymbol? Key(IMethodSymbol method) => method.Name is "Min" or "Max"
        ? method.ReturnType
        : method.TypeArguments.LastOrDefault() ?? method.ContainingType.TypeArguments.LastOrDefault();

    private IEnumerable<string?> Arguments(SemanticModel model, SimpleNameSyntax name)
    {
        var call = name.FirstAncestorOrSelf<InvocationExpressionSyntax>();
        var (first, count) = name.Identifier.Text switch
        {
            "Append" => (0, 1),
            "Insert" => (1, 1),
            _ => (0, int.MaxValue),
        };
        foreach (var argument in call is null ? [] : call.ArgumentList.Arguments.Skip(first).Take(count))
        {
            var type = model.GetTypeInfo(argument.Expression).Type;
            var element = type switch
            {
                IArrayTypeSymbol array => array.ElementType,
                INamedTypeSymbol { TypeArguments.Length: 1, IsReferenceType: true } list => list.TypeArguments[0],
                _ => type,
            };
            yield return _sensitivity.Of(element) is { } why ? $"{argument} of {name.Parent} is {why.Text}" : null;
        }
    }

    private static ITypeSymbol? Receiver(SemanticModel model, SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Name == name => model.GetTypeInfo(access.Expression).Type,
        MemberBindingExpressionSyntax binding =>
            binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>() is { } access ? model.GetTypeInfo(access.Expression).Type : null,
        _ => null,
    };

    private static bool IsText(ITypeSymbol? type) => type?.SpecialType == SpecialType.System_String;
}
