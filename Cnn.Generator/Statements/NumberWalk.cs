using System.Collections.Generic;
using System.Linq;

namespace Cnn.Generator.Statements;

/// <summary>A number of a body as a multiple of a parameter.</summary>
/// <param name="Parameter">The name of the parameter.</param>
/// <param name="Factor">The multiple.</param>
internal readonly record struct Multiple(string Parameter, int Factor);

/// <summary>
/// Walks a body in a fixed order and tells its free numbers from everything else. A free number may become a parameter of the method without a
/// slower loop: it is a stride, a distance or the end of a loop. In an innermost loop only the steps of references and the distances of weights
/// are free, which a register holds as they are; every other number there is part of an instruction.
/// </summary>
internal abstract class NumberWalk
{
    /// <summary>Walks statements; returns them with the numbers that were replaced.</summary>
    protected IReadOnlyList<Statement> Walk(IReadOnlyList<Statement> statements, bool isInnermost)
    {
        Fixed(statements.Count);
        return [.. statements.Select(statement => Walk(statement, isInnermost))];
    }

    /// <summary>Takes a word that is not free.</summary>
    protected abstract void Word(string word);

    /// <summary>Takes a number that is not free.</summary>
    protected abstract void Fixed(int number);

    /// <summary>Takes a free number; returns what it becomes, or null where it stays.</summary>
    /// <param name="number">The number.</param>
    /// <param name="isInner">Whether an innermost loop needs it, so that nothing may be computed from it.</param>
    protected abstract Multiple? Free(int number, bool isInner);

    private Statement Walk(Statement statement, bool isInnermost)
    {
        Word(statement.GetType().Name);
        switch (statement)
        {
            case Block block:
                return new Block(Walk(block.Statements, isInnermost));
            case Loop loop:
                Fixed(loop.IsBrief ? 1 : 0);
                return loop with { Head = Walk(loop.Head), Statements = Walk(loop.Statements, !loop.Statements.Any(HoldsLoop)) };
            case Branch branch:
                Word(branch.Condition);
                Fixed(branch.IsBrief ? 1 : 0);
                return branch with { Statements = Walk(branch.Statements, isInnermost) };
            case Otherwise otherwise:
                return new Otherwise(Walk(otherwise.Statements, isInnermost));
            case Row row:
                return new Row([.. Walk(row.Statements, isInnermost)]);
            case ReferenceDeclaration declaration:
                Fixed(declaration.References.Count);
                return new ReferenceDeclaration([.. declaration.References.Select(one => (Named(one.Name), Walk(one.Place, !isInnermost, isInner: false)))]);
            case Advance advance:
                return new Advance(Named(advance.Name), Walk(advance.Place, isFree: true, isInnermost));
            case Load load:
                Fixed(load.Lanes);
                return load with { Target = Named(load.Target), Place = Walk(load.Place, isFree: true, isInnermost) };
            case Store store:
                Fixed(store.Lanes);
                Words(store.Values);
                return store with { Place = Walk(store.Place, !isInnermost, isInner: false) };
            case Fetch fetch:
                Fixed(fetch.Distance);
                Fixed(fetch.Count);
                return fetch with { Place = Walk(fetch.Place, !isInnermost, isInner: false) };
            case MultiplyAdd add:
                Fixed(add.Lanes);
                Words(add.Weights);
                Words(add.Sums);
                return add with { Place = Walk(add.Place, isFree: false, isInner: true) };
            default:
                Words(statement);
                return statement;
        }
    }

    /// <summary>Statements of which nothing is free.</summary>
    private void Words(Statement statement)
    {
        switch (statement)
        {
            case Declaration declaration:
                Fixed((int)declaration.Type.Kind);
                Fixed(declaration.Type.Lanes);
                Words(declaration.Locals.Select(local => local.Name));
                Words(declaration.Locals.Select(local => local.Value ?? ""));
                break;
            case Broadcast broadcast:
                Words([broadcast.Target, broadcast.Value]);
                break;
            case Accumulation add:
                Fixed(add.Lanes);
                Words([add.Sum, add.Left, add.Right]);
                break;
            case Assignment assignment:
                Fixed(assignment.IsAdded ? 1 : 0);
                Words([assignment.Target, assignment.Value]);
                break;
            case Call call:
                Word(call.Method);
                Words(call.Arguments.Select(argument => argument.Text));
                break;
            case Raw raw:
                Word(raw.Text);
                break;
            default:
                throw new System.NotSupportedException($"The numbers of {statement.GetType().Name} are not known.");
        }
    }

    private LoopHead Walk(LoopHead head)
    {
        Word(head.GetType().Name);
        switch (head)
        {
            case Counted counted:
                return Walk(counted);
            case Shared shared:
                Word(shared.Index);
                Fixed(shared.Count);
                Fixed(shared.IsJoined ? 1 : 0);
                return shared;
            case Alone { Inner: { } inner }:
                return new Alone(Walk(inner));
            default:
                return head;
        }
    }

    private Counted Walk(Counted loop)
    {
        Words([loop.Index, loop.First ?? "", loop.EndName ?? "", loop.End.Text ?? ""]);
        Fixed((int)loop.Type.Kind);
        Fixed(loop.Step);
        Fixed(loop.IsInclusive ? 1 : 0);
        // An end that a local of 32 bits holds cannot be computed from a parameter, which is as wide as an address.
        var isFree = loop.EndName is null || loop.Type.Kind == LocalKind.Native;
        return loop.End.Text is null ? loop with { End = Walk(loop.End.Offset, isFree, isInner: false) } : loop;
    }

    private Place Walk(Place place, bool isFree, bool isInner)
    {
        Word(place.Reference);
        Fixed(place.IsOfBytes ? 1 : 0);
        return place with { Offset = Walk(place.Offset, isFree, isInner) };
    }

    private Offset Walk(Offset offset, bool isFree, bool isInner)
    {
        Words(offset.Terms.Select(term => term.Index));
        List<(string, int)> terms = [];
        var constant = offset.Constant;
        if (Next(constant) is { } multiple)
        {
            constant = 0;
            terms.Add((multiple.Parameter, multiple.Factor));
        }

        foreach (var (index, stride) in offset.Terms)
            terms.Add(Next(stride) is { } product ? ($"{index} * {product.Parameter}", product.Factor) : (index, stride));
        return new Offset(constant, [.. terms]);

        Multiple? Next(int number)
        {
            // Printed, a zero is nothing at all.
            if (isFree && number != 0)
                return Free(number, isInner);
            Fixed(number);
            return null;
        }
    }

    private static bool HoldsLoop(Statement statement) => statement switch
    {
        Loop => true,
        Block block => block.Statements.Any(HoldsLoop),
        Branch branch => branch.Statements.Any(HoldsLoop),
        Otherwise otherwise => otherwise.Statements.Any(HoldsLoop),
        _ => false,
    };

    private string Named(string name)
    {
        Word(name);
        return name;
    }

    private void Words(IEnumerable<string> words)
    {
        var count = 0;
        foreach (var word in words)
        {
            Word(word);
            count++;
        }

        Fixed(count);
    }
}
