using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Emission;
using Cnn.Generator.Emission.CSharp;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Cnn.Generator.Tests.Kernels;

/// <summary>The parameters that kernels state, beside the code that they print.</summary>
public sealed class ParameterTests
{
    [Fact]
    public void Every_kind_of_kernel_is_among_those_that_are_checked()
    {
        var kinds = typeof(Kernel).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Kernel)) && !type.IsAbstract).Select(type => type.Name);

        Assert.Equal(kinds.Order(), KernelSamples.All.Select(kernel => kernel.GetType().Name).Distinct().Order());
    }

    [Fact]
    public void Parameters_have_names_of_their_own_and_references_come_first()
    {
        Assert.All(KernelSamples.All, kernel =>
        {
            Assert.Distinct(kernel.Parameters.Select(parameter => parameter.Name));
            Assert.Equal(kernel.Parameters.OrderBy(parameter => !parameter.IsReference), kernel.Parameters);
            Assert.All(kernel.Parameters, parameter => Assert.True(parameter.IsReference || parameter.Region.IsEmpty));
        });
    }

    [Fact]
    public void A_body_uses_each_parameter_that_reaches_something_and_no_other_reference()
    {
        Assert.All(KernelSamples.All, kernel =>
        {
            var used = Method(kernel).Body!.DescendantNodes().OfType<IdentifierNameSyntax>().Select(name => name.Identifier.Text).ToHashSet();

            // Without trained numbers the place of the weights is handed over all the same.
            var wanted = kernel.Parameters.Where(parameter => !parameter.IsReference || !parameter.Region.IsEmpty);
            Assert.Equal(wanted.Select(parameter => parameter.Name), kernel.Parameters.Select(parameter => parameter.Name).Where(used.Contains));
        });
    }

    [Fact]
    public void A_body_stores_nothing_through_a_parameter_that_it_only_reads()
    {
        Assert.All(KernelSamples.All, kernel =>
        {
            var readOnly = kernel.Parameters.Where(parameter => parameter.IsReference && !parameter.IsWritten).Select(parameter => parameter.Name);

            Assert.Empty(readOnly.Intersect(Stored(Method(kernel))));
        });
    }

    [Theory]
    [InlineData("ref float s = ref Add(ref source, 4); Store(x, ref s, 8);")]
    [InlineData("ref float s = ref source; s = ref Add(ref s, 1); Add(ref s, 2) += 1f;")]
    [InlineData("source = 1f;")]
    public void A_store_through_a_reference_that_was_moved_is_found(string body)
    {
        var method = Parse($"static void M(ref float source, ref float target) {{ {body} }}");

        Assert.Equal(["source"], Stored(method));
    }

    /// <summary>The parameters of a method through which its own statements store; of other methods that it calls nothing is known.</summary>
    private static HashSet<string> Stored(MethodDeclarationSyntax method)
    {
        var roots = method.ParameterList.Parameters.Where(parameter => parameter.Modifiers.Any(SyntaxKind.RefKeyword))
            .ToDictionary(parameter => parameter.Identifier.Text, parameter => parameter.Identifier.Text);
        var stored = new HashSet<string>();
        foreach (var node in method.Body!.DescendantNodes())
        {
            if (node is VariableDeclaratorSyntax { Initializer.Value: RefExpressionSyntax moved } local && RootOf(moved) is { } root)
                roots[local.Identifier.Text] = root;
            else if (node is AssignmentExpressionSyntax { Right: not RefExpressionSyntax } assignment && RootOf(assignment.Left) is { } left)
                stored.Add(left);
            else if (node is InvocationExpressionSyntax call && IsStore(call.Expression.ToString())
                && call.ArgumentList.Arguments.Single(argument => argument.RefKindKeyword.IsKind(SyntaxKind.RefKeyword)) is var target
                && RootOf(target.Expression) is { } place)
                stored.Add(place);
        }

        return stored;

        static bool IsStore(string method) => method.Split('.')[^1].StartsWith("Store", StringComparison.Ordinal);

        string? RootOf(ExpressionSyntax expression) => expression.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
            .Select(name => roots.GetValueOrDefault(name.Identifier.Text)).FirstOrDefault(known => known is not null);
    }

    /// <summary>All parts of a kernel as one method.</summary>
    private static MethodDeclarationSyntax Method(Kernel kernel)
    {
        var bodies = Enumerable.Range(0, kernel.Parts).Select(part => "{\n" + Body(kernel, part) + "\n}\n");
        return Parse($"static void M({ParameterText.Declared(kernel)}) {{ {string.Concat(bodies)} }}");
    }

    private static string Body(Kernel kernel, int part)
    {
        var (body, writer) = (new KernelBody(), new CodeWriter());
        kernel.Build(body, VectorWidth.V256, part);
        MethodPrinter.Print(writer, body.Statements);
        return writer.ToString();
    }

    private static MethodDeclarationSyntax Parse(string method) => CSharpSyntaxTree.ParseText($"class C {{ {method} }}").GetRoot()
        .DescendantNodes().OfType<MethodDeclarationSyntax>().Single();
}
