using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Emission.CSharp;

/// <summary>
/// Removes scopes that are the whole content of the scope around them, or all of it after plain statements: loops of one turn leave them.
/// </summary>
internal static class ScopeFolding
{
    /// <summary>The statements of a method.</summary>
    /// <param name="statements">The statements.</param>
    public static IReadOnlyList<Statement> OfMethod(IReadOnlyList<Statement> statements)
    {
        IReadOnlyList<Statement> folded = [.. statements.Select(Inner)];
        return folded.Count == 1 && folded[0] is Block block ? OfMethod(block.Statements) : folded;
    }

    private static Statement Inner(Statement statement) => statement switch
    {
        Block block => new Block(OfScope(block.Statements)),
        Loop loop => loop with { Statements = OfScope(loop.Statements) },
        Branch branch => branch with { Statements = OfScope(branch.Statements) },
        Otherwise otherwise => new Otherwise(OfScope(otherwise.Statements)),
        _ => statement,
    };

    /// <summary>The statements of a scope. A scope at their end goes into the one around it, whose names it cannot bear.</summary>
    public static IReadOnlyList<Statement> OfScope(IReadOnlyList<Statement> statements)
    {
        List<Statement> folded = [.. statements.Select(Inner)];
        if (folded.Count > 0 && folded[folded.Count - 1] is Block last && folded.Take(folded.Count - 1).All(IsPlain))
        {
            folded.RemoveAt(folded.Count - 1);
            folded.AddRange(last.Statements);
        }

        return folded;
    }

    private static bool IsPlain(Statement statement) => statement is not (Block or Loop or Branch or Otherwise);
}
