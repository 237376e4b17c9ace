using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Emission.CSharp;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Statements;
using Xunit;

namespace Cnn.Generator.Tests.Emission.CSharp;

/// <summary>How the statements of a method become lines of C#.</summary>
public sealed class MethodPrinterTests
{
    private static readonly LocalType Vector = LocalType.Vector(8);

    public static TheoryData<string, string> Statements => new()
    {
        { nameof(Declaration), "F8 a, b = F8.Zero;" },
        { nameof(ReferenceDeclaration), "ref float s = ref Add(ref source, 4 + y * 64);" },
        { nameof(Advance), "w = ref Add(ref w, 16);" },
        { nameof(Load), "k0 = Load8(w);" },
        { nameof(Broadcast), "v = All8At(s, 3);" },
        { nameof(MultiplyAdd), "Fma8x2(s, i + 3, k0, k1, ref a0, ref b0);" },
        { nameof(Accumulation), "a0 = Fma8(v, k0, a0);" },
        { nameof(Store), "Store8x2(a0, b0, ref t, 16);" },
        { nameof(Assignment), "a0 += v;" },
        { nameof(Fetch), "FetchEach(ref next, i * 16 + 64, 128, 3);" },
        { nameof(Call), "Blocks.Copy(ref Add(ref s, 2), ref t, 12);" },
        { nameof(Raw), "return;" },
        { nameof(Row), "k0 = Load8(w); k1 = Load8(w, 8);" },
    };

    [Theory]
    [MemberData(nameof(Statements))]
    public void Each_kind_of_statement_is_a_line(string kind, string line)
    {
        Statement statement = kind switch
        {
            nameof(Declaration) => new Declaration(Vector, [new LocalVariable("a"), new LocalVariable("b", "F8.Zero")]),
            nameof(ReferenceDeclaration) => new ReferenceDeclaration([("s", new Place("source", Offset.Of(4, ("y", 64), ("x", 0), ("", 2))))]),
            nameof(Advance) => new Advance("w", new Place("w", 16)),
            nameof(Load) => new Load(8, "k0", new Place("w", 0)),
            nameof(Broadcast) => new Broadcast("v", "All8At(s, 3)"),
            nameof(MultiplyAdd) => new MultiplyAdd(8, new Place("s", Offset.Of(3, ("i", 1))), ["k0", "k1"], ["a0", "b0"]),
            nameof(Accumulation) => new Accumulation(8, "a0", "v", "k0"),
            nameof(Store) => new Store(8, ["a0", "b0"], new Place("t", 16)),
            nameof(Assignment) => new Assignment("a0", "v", IsAdded: true),
            nameof(Fetch) => new Fetch(new Place("next", Offset.Of(64, ("i", 16))), 128, 3),
            nameof(Call) => new Call("Blocks.Copy", [new Place("s", 2), "ref t", 12]),
            nameof(Row) => new Row([new Load(8, "k0", new Place("w", 0)), new Load(8, "k1", new Place("w", 8))]),
            _ => new Raw("return;"),
        };

        Assert.Equal([line], Printed(statement));
    }

    [Fact]
    public void Every_kind_of_statement_that_holds_no_other_has_a_row_here()
    {
        var kinds = typeof(Statement).Assembly.GetTypes().Where(type => type.BaseType == typeof(Statement)).Select(type => type.Name);

        Assert.Equal(
            kinds.Except([nameof(Block), nameof(Loop), nameof(Branch), nameof(Otherwise)]).Order(), Statements.Select(row => (string)row[0]).Order());
    }

    [Fact]
    public void Loops_are_counted_by_their_heads()
    {
        (LoopHead Head, string Line)[] heads =
        [
            (LoopHead.Of("y", 28, isShared: false), "for (int y = 0; y < 28; y++)"),
            (LoopHead.Steps("x", 28, 4), "for (int x = 0; x < 28; x += 4)"),
            (new Counted(LocalType.Native, "i", "0", "64"), "for (nint i = 0; i < 64; i += 1)"),
            (new Counted(LocalType.Native, "i", null, "i + 9", 3) { EndName = "end" }, "for (nint end = i + 9; i < end; i += 3)"),
            (new Counted(LocalType.Integer, "ky", "first", "last") { IsInclusive = true }, "for (int ky = first; ky <= last; ky++)"),
            (LoopHead.Of("band", 14, isShared: true), "foreach (int band in turns.Of(14))"),
            (new Shared("turn", 9, IsJoined: true), "foreach (int turn in turns.OfJoined(9))"),
            (new Alone(), "foreach (int once in turns.Of(1))"),
            (LoopHead.Of("y", 2_000_000, isShared: true), "foreach (int once in turns.Of(1)) for (int y = 0; y < 2000000; y++)"),
        ];

        Assert.Equal(heads.Select(head => head.Line), heads.Select(head => StatementText.Of(head.Head)));
    }

    [Fact]
    public void Declarations_of_one_type_stand_together()
    {
        Assert.Equal(["ref float s = ref Add(ref source, x), t = ref s;"], Printed(At("s", "source", "x"), At("t", "s", "")));
        Assert.Equal(["F8 a0 = F8.Zero, v, k0;", "F4 w;"], Printed(
            new Declaration(Vector, [new LocalVariable("a0", "F8.Zero")]), new Declaration(Vector, [new LocalVariable("v"), new LocalVariable("k0")]), new Declaration(LocalType.Vector(4), [new LocalVariable("w")])));
        Assert.Equal(["int y = 1;", "int x = 2;"], Printed(new Declaration(LocalType.Integer, [new LocalVariable("y", "1")]), new Declaration(LocalType.Integer, [new LocalVariable("x", "2")])));
    }

    [Fact]
    public void A_declaration_goes_on_in_the_next_line_where_one_has_no_room()
    {
        var place = "(p + 1) * 2048 + (p + 1) / 7 * 14336";

        var printed = Printed(
            At("a", "source", place), new ReferenceDeclaration([("b", To("source", place)), ("c", To("source", place))]), At("d", "c", ""));

        Assert.Equal(
            [$"ref float a = ref Add(ref source, {place}), b = ref Add(ref source, {place});", $"ref float c = ref Add(ref source, {place}), d = ref c;"], printed);
    }

    [Fact]
    public void Short_statements_of_one_kind_stand_side_by_side()
    {
        Assert.Equal(["w = ref Add(ref w, 8); s = ref Add(ref s, 1);"], Printed(new Advance("w", new Place("w", 8)), new Advance("s", new Place("s", 1))));
        Assert.Equal(["v = Load8(s); a0 = Fma8(v, k0, a0);"], Printed(new Broadcast("v", "Load8(s)"), new Accumulation(8, "a0", "v", "k0")));
        Assert.Equal(["v = Load8(s);", "v = Load8(t);"], Printed(new Broadcast("v", "Load8(s)"), new Broadcast("v", "Load8(t)")));
        Assert.Equal(["k = 1;", "v = 2;"], Printed(new Assignment("k", "1"), new Assignment("v", "2")));
    }

    [Fact]
    public void Scopes_that_hold_the_rest_of_a_scope_fall()
    {
        Assert.Equal(["for (int a = 0; a < 2; a++)", "{", "    int x = 1;", "    f(x);", "}"], Printed(Loop("a", Let("x"), new Block([Do("f", "x")]))));
        Assert.Equal(["for (int a = 0; a < 2; a++)", "{", "    f();", "    g();", "}"], Printed(Loop("a", new Block([Do("f"), Do("g")]))));
        Assert.Equal(
            ["for (int a = 0; a < 2; a++)", "for (int b = 0; b < 2; b++)", "{", "    f();", "}"], Printed(Loop("a", new Block([Loop("b", Do("f"))]))));
        Assert.Equal(["f();"], Printed(new Block([new Block([Do("f")])])));
        Assert.Equal(["for (int a = 0; a < 2; a++)", "    f();"], Printed(new Loop(LoopHead.Of("a", 2, false), [Do("f")]) { IsBrief = true }));
    }

    /// <remarks>The names of the first scope may be those of the second.</remarks>
    [Fact]
    public void Other_scopes_stay()
    {
        Assert.Equal(
            ["for (int a = 0; a < 2; a++)", "{", "    {", "        int x = 1;", "    }", "    {", "        int x = 1;", "    }", "}"],
            Printed(Loop("a", new Block([Let("x")]), new Block([Let("x")]))));
        Assert.Equal(
            ["for (int a = 0; a < 2; a++)", "{", "    {", "        int x = 1;", "    }", "    f();", "}"], Printed(Loop("a", new Block([Let("x")]), Do("f"))));
        Assert.Equal(["f();", "{", "    int x = 1;", "}"], Printed(Do("f"), new Block([Let("x")])));
        Assert.Equal(
            ["if (a)", "{", "    f();", "}", "else", "{", "    g();", "}"], Printed(new Branch("a", [Do("f")]), new Otherwise([Do("g")])));
        Assert.Equal(["if (a) f();"], Printed(new Branch("a", [Do("f")]) { IsBrief = true }));
    }

    private static Loop Loop(string index, params Statement[] statements) => new(LoopHead.Of(index, 2, isShared: false), statements);

    private static Declaration Let(string name) => new(LocalType.Integer, [new LocalVariable(name, "1")]);

    private static Call Do(string method, params CallArgument[] arguments) => new(method, [.. arguments]);

    private static ReferenceDeclaration At(string name, string reference, string offset) => new([(name, To(reference, offset))]);

    private static Place To(string reference, string offset) => new(reference, Offset.Of(0, (offset, 1)));

    private static IEnumerable<string> Printed(params Statement[] statements)
    {
        var writer = new CodeWriter();
        MethodPrinter.Print(writer, statements);
        return writer.ToString().TrimEnd('\n').Split('\n');
    }
}
