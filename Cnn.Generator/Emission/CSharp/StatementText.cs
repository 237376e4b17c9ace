using System;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Emission.CSharp;

/// <summary>Statements and heads of loops in C#.</summary>
internal static class StatementText
{
    /// <summary>The statement without what it holds.</summary>
    public static string Of(Statement statement) => statement switch
    {
        Row row => string.Join(" ", row.Statements.Select(Of)),
        Declaration declaration => $"{Of(declaration.Type)} {Locals(declaration)};",
        ReferenceDeclaration reference => $"{Type(reference)}{string.Join(", ", reference.References.Select(one => $"{one.Name} = {one.Place}"))};",
        Advance advance => $"{advance.Name} = {advance.Place};",
        Load load => $"{load.Target} = {Kernels.VectorText.TextOfLoad(load.Lanes, load.Place)};",
        Broadcast broadcast => $"{broadcast.Target} = {broadcast.Value};",
        MultiplyAdd add => $"Fma{Text.Number(add.Lanes)}x{Text.Number(add.Weights.Count)}({add.Place.Reference}, {add.Place.Offset.FromIndex()}, "
            + $"{string.Join(", ", add.Weights)}, {string.Join(", ", add.Sums.Select(sum => "ref " + sum))});",
        Accumulation add => $"{add.Sum} = Fma{Text.Number(add.Lanes)}({add.Left}, {add.Right}, {add.Sum});",
        Store store => Of(store),
        Assignment assignment => $"{assignment.Target} {(assignment.IsAdded ? "+=" : "=")} {assignment.Value};",
        Fetch fetch => Of(fetch),
        Call call => $"{call.Method}({string.Join(", ", call.Arguments.Select(argument => argument.Text))});",
        Raw raw => raw.Text,
        _ => throw new NotSupportedException($"No C# is known for {statement.GetType().Name}."),
    };

    /// <summary>The type of a reference's declaration, and a blank.</summary>
    public static string Type(ReferenceDeclaration reference) => reference.References[0].Place.IsOfBytes ? "ref byte " : "ref float ";

    /// <summary>The head of a loop.</summary>
    public static string Of(LoopHead head) => head switch
    {
        Shared shared => $"foreach (int {shared.Index} in turns.Of{(shared.IsJoined ? "Joined" : "")}({Text.Number(shared.Count)}))",
        Alone { Inner: { } inner } => $"{Kernels.Turns.Once} {Of(inner)}",
        Alone => Kernels.Turns.Once,
        Counted counted => Of(counted),
        _ => throw new NotSupportedException($"No C# is known for {head.GetType().Name}."),
    };

    private static string Of(Counted loop)
    {
        string?[] declared =
        [
            loop.First is null ? null : $"{loop.Index} = {loop.First}",
            loop.EndName is null ? null : $"{loop.EndName} = {loop.End}",
        ];
        var isByOne = loop.Step == 1 && loop.Type.Kind == LocalKind.Integer;
        var step = isByOne ? loop.Index + "++" : $"{loop.Index} += {Text.Number(loop.Step)}";
        return $"for ({Of(loop.Type)} {string.Join(", ", declared.Where(part => part is not null))}; {loop.Index} {(loop.IsInclusive ? "<=" : "<")} {loop.EndName ?? loop.End}; {step})";
    }

    /// <summary>The locals of a declaration, and their values.</summary>
    public static string Locals(Declaration declaration) => string.Join(", ", declaration.Locals.Select(Of));

    /// <summary>A type.</summary>
    public static string Of(LocalType type) => type.Kind switch
    {
        LocalKind.Integer => "int",
        LocalKind.Constant => "const int",
        LocalKind.Native => "nint",
        LocalKind.Float => "float",
        _ => "F" + Text.Number(type.Lanes),
    };

    private static string Of(LocalVariable local) => local.Value is null ? local.Name : $"{local.Name} = {local.Value}";

    private static string Of(Store store)
    {
        var (several, offset) = (store.Values.Count == 1 ? "" : "x" + Text.Number(store.Values.Count), store.Place.Offset);
        return $"Store{Text.Number(store.Lanes)}{several}({string.Join(", ", store.Values)}, ref {store.Place.Reference}{(offset.IsZero ? "" : $", {offset}")});";
    }

    private static string Of(Fetch fetch)
    {
        var place = $"ref {fetch.Place.Reference}, {fetch.Place.Offset.FromIndex()}";
        return fetch.Count == 1 ? $"Fetch({place});" : $"FetchEach({place}, {Text.Number(fetch.Distance)}, {Text.Number(fetch.Count)});";
    }
}
