using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Kernels;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;
using Cnn.Generator.Tests.Planning;
using Xunit;

namespace Cnn.Generator.Tests.Statements;

/// <summary>The kinds of statements that the kernels of the zoo consist of.</summary>
public sealed class StatementKindTests
{
    /// <summary>The part of statements that may be text.</summary>
    private const double MostRaw = 0.03;

    public static TheoryData<string> Zoo => [.. CheckedPrograms.Zoo];

    [Theory]
    [MemberData(nameof(Zoo))]
    public void Few_statements_are_text(string name)
    {
        var kinds = Statements(name).GroupBy(statement => statement is Raw).ToDictionary(group => group.Key, group => group.Count());

        Assert.InRange(kinds[false], 1000, int.MaxValue);
        Assert.InRange(kinds.GetValueOrDefault(true), 0, MostRaw * kinds.Values.Sum());
    }

    /// <remarks>A statement that hides in the text of another would not be counted.</remarks>
    [Theory]
    [MemberData(nameof(Zoo))]
    public void No_statement_is_text_of_several(string name) => Assert.DoesNotContain(
        Statements(name).SelectMany(Texts), text => text.Contains(';') || text.Contains('{') || text.Contains('\n'));

    [Theory]
    [MemberData(nameof(Zoo))]
    public void An_argument_is_one(string name) => Assert.DoesNotContain(
        Statements(name).OfType<Call>().SelectMany(call => call.Arguments), argument => Commas(argument.Text) > 0);

    /// <summary>Commas outside of parentheses and brackets.</summary>
    private static int Commas(string text)
    {
        var (depth, commas) = (0, 0);
        foreach (var letter in text)
        {
            depth += letter is '(' or '[' ? 1 : letter is ')' or ']' ? -1 : 0;
            commas += letter == ',' && depth == 0 ? 1 : 0;
        }

        return commas;
    }

    private static IEnumerable<string> Texts(Statement statement) => statement switch
    {
        Load load => [load.Target, load.Place.ToString()],
        Broadcast broadcast => [broadcast.Target, broadcast.Value],
        Accumulation add => [add.Left, add.Right, add.Sum],
        Assignment assignment => [assignment.Target, assignment.Value],
        Declaration declaration => declaration.Locals.SelectMany(local => new[] { local.Name, local.Value ?? "" }),
        ReferenceDeclaration reference => reference.References.SelectMany(one => new[] { one.Name, one.Place.ToString() }),
        Advance advance => [advance.Name, advance.Place.ToString()],
        MultiplyAdd add => [add.Place.ToString(), .. add.Weights, .. add.Sums],
        Store store => [store.Place.ToString(), .. store.Values],
        Fetch fetch => [fetch.Place.ToString()],
        Call call => [call.Method, .. call.Arguments.Select(argument => argument.Text)],
        Branch branch => [branch.Condition],
        _ => [],
    };

    private static IEnumerable<Statement> Statements(string name)
    {
        var state = CheckedPrograms.OfZoo(name, isPlanar: false);
        var training = state.Training!.Forward.Concat(state.Training.Backward).Select(step => step.Step);
        return state.Inference!.Steps.Concat(training.OfType<Step>()).Select(step => step.Kernel).Distinct().SelectMany(Of);
    }

    private static IEnumerable<Statement> Of(Kernel kernel)
    {
        foreach (var part in Enumerable.Range(0, kernel.Parts))
        {
            List<VectorWidth> widths = kernel.HasWidths ? [VectorWidth.V256, VectorWidth.V128] : [VectorWidth.V256];
            if (kernel.HasWidths && kernel.HasWide(part))
                widths.Add(VectorWidth.V512);
            foreach (var width in widths)
            {
                var body = new KernelBody();
                kernel.Build(body, width, part);
                foreach (var statement in body.Statements.SelectMany(Flattened))
                    yield return statement;
            }
        }

        foreach (var statement in kernel.Helpers.SelectMany(helpers => helpers.Methods(VectorWidth.V256)).SelectMany(method => method.Body.Statements).SelectMany(Flattened))
            yield return statement;
    }

    private static IEnumerable<Statement> Flattened(Statement statement) => statement switch
    {
        Row row => row.Statements.SelectMany(Flattened),
        Block block => block.Statements.SelectMany(Flattened),
        Loop loop => loop.Statements.SelectMany(Flattened).Prepend(loop),
        Branch branch => branch.Statements.SelectMany(Flattened).Prepend(branch),
        Otherwise otherwise => otherwise.Statements.SelectMany(Flattened),
        _ => [statement],
    };
}
