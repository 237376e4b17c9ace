using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;

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
/// <param name="isReading">Whether no number is replaced, so that every statement stays as it is.</param>
internal abstract class NumberWalk(bool isReading)
{
    /// <summary>Walks statements; returns them with the numbers that were replaced.</summary>
    protected IReadOnlyList<Statement> Walk(IReadOnlyList<Statement> statements, bool isInnermost)
    {
        Fixed(statements.Count);
        if (!isReading)
            return [.. statements.Select(statement => Walk(statement, isInnermost))];
        for (var i = 0; i < statements.Count; i++)
            _ = Walk(statements[i], isInnermost);
        return statements;
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
        switch (statement)
        {
            case Block block:
                Word("{");
                var inner = Walk(block.Statements, isInnermost);
                return isReading ? block : new Block(inner);
            case Loop loop:
                Word("for");
                Fixed(loop.IsBrief ? 1 : 0);
                var head = Walk(loop.Head);
                var body = Walk(loop.Statements, !loop.Statements.Any(HoldsLoop));
                return isReading ? loop : loop with { Head = head, Statements = body };
            case Branch branch:
                Word("if");
                Word(branch.Condition);
                Fixed(branch.IsBrief ? 1 : 0);
                var taken = Walk(branch.Statements, isInnermost);
                return isReading ? branch : branch with { Statements = taken };
            case Otherwise otherwise:
                Word("else");
                var other = Walk(otherwise.Statements, isInnermost);
                return isReading ? otherwise : new Otherwise(other);
            case Row row:
                Word(",");
                var members = Walk(row.Statements, isInnermost);
                return isReading ? row : new Row([.. members]);
            default:
                return Plain(statement, isInnermost);
        }
    }

    /// <summary>Statements that hold no others.</summary>
    private Statement Plain(Statement statement, bool isInnermost)
    {
        switch (statement)
        {
            case ReferenceDeclaration declaration:
                Word("ref");
                Fixed(declaration.References.Count);
                var references = new List<(string, Place)>();
                foreach (var (name, from) in declaration.References)
                {
                    Word(name);
                    references.Add((name, Walk(from, !isInnermost, isInner: false)));
                }

                return isReading ? declaration : new ReferenceDeclaration([.. references]);
            case Advance advance:
                Word("=");
                Word(advance.Name);
                var moved = Walk(advance.Place, isFree: true, isInnermost);
                return isReading ? advance : advance with { Place = moved };
            case Load load:
                Word("load");
                Fixed(load.Lanes);
                Word(load.Target);
                var first = Walk(load.Place, isFree: true, isInnermost);
                return isReading ? load : load with { Place = first };
            case Store store:
                Word("store");
                Fixed(store.Lanes);
                Words(store.Values);
                var target = Walk(store.Place, !isInnermost, isInner: false);
                return isReading ? store : store with { Place = target };
            case Fetch fetch:
                Word("fetch");
                Fixed(fetch.Distance);
                Fixed(fetch.Count);
                var line = Walk(fetch.Place, !isInnermost, isInner: false);
                return isReading ? fetch : fetch with { Place = line };
            case MultiplyAdd add:
                Word("fma");
                Fixed(add.Lanes);
                Words(add.Weights);
                Words(add.Sums);
                _ = Walk(add.Place, isFree: false, isInner: true);
                return add;
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
                Word("let");
                Fixed((int)declaration.Type.Kind);
                Fixed(declaration.Type.Lanes);
                Fixed(declaration.Locals.Count);
                foreach (var local in declaration.Locals)
                {
                    Word(local.Name);
                    Word(local.Value ?? "");
                }

                break;
            case Broadcast broadcast:
                Word("all");
                Word(broadcast.Target);
                Word(broadcast.Value);
                break;
            case Accumulation add:
                Word("add");
                Fixed(add.Lanes);
                Word(add.Sum);
                Word(add.Left);
                Word(add.Right);
                break;
            case Assignment assignment:
                Word(assignment.IsAdded ? "+=" : ":=");
                Word(assignment.Target);
                Word(assignment.Value);
                break;
            case Call call:
                Word("call");
                Word(call.Method);
                Fixed(call.Arguments.Count);
                foreach (var argument in call.Arguments)
                    Word(argument.Text);
                break;
            case Raw raw:
                Word("raw");
                Word(raw.Text);
                break;
            default:
                throw new System.NotSupportedException($"The numbers of {statement.GetType().Name} are not known.");
        }
    }

    private LoopHead Walk(LoopHead head)
    {
        switch (head)
        {
            case Counted counted:
                return Walk(counted);
            case Shared shared:
                Word("shared");
                Word(shared.Index);
                Fixed(shared.Count);
                Fixed(shared.IsJoined ? 1 : 0);
                return shared;
            case Alone { Inner: { } inner }:
                Word("alone");
                var counting = Walk(inner);
                return isReading ? head : new Alone(counting);
            case Alone:
                Word("once");
                return head;
            default:
                throw new System.NotSupportedException($"The numbers of {head.GetType().Name} are not known.");
        }
    }

    private Counted Walk(Counted loop)
    {
        Word(loop.Index);
        Word(loop.First ?? "");
        Word(loop.EndName ?? "");
        Word(loop.End.Text ?? "");
        Fixed((int)loop.Type.Kind);
        Fixed(loop.Step);
        Fixed(loop.IsInclusive ? 1 : 0);
        if (loop.End.Text is not null)
            return loop;

        // An end that a local of 32 bits holds cannot be computed from a parameter, which is as wide as an address.
        var end = Walk(loop.End.Offset, loop.EndName is null || loop.Type.Kind == LocalKind.Native, isInner: false);
        return isReading ? loop : loop with { End = end };
    }

    private Place Walk(Place place, bool isFree, bool isInner)
    {
        Word(place.Reference);
        Fixed(place.IsOfBytes ? 1 : 0);
        var offset = Walk(place.Offset, isFree, isInner);
        return isReading ? place : place with { Offset = offset };
    }

    private Offset Walk(Offset offset, bool isFree, bool isInner)
    {
        Fixed(offset.Terms.Count);
        List<(string, int)> terms = [];
        var constant = offset.Constant;
        if (Next(constant) is { } multiple)
        {
            constant = 0;
            terms.Add((multiple.Parameter, multiple.Factor));
        }

        foreach (var (index, stride) in offset.Terms)
        {
            Word(index);
            var factor = Next(stride);
            if (!isReading)
                terms.Add(factor is { } product ? ($"{index} * {product.Parameter}", product.Factor) : (index, stride));
        }

        return isReading ? offset : new Offset(constant, [.. terms]);

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

    private void Words(EquatableArray<string> words)
    {
        Fixed(words.Count);
        foreach (var word in words)
            Word(word);
    }
}
