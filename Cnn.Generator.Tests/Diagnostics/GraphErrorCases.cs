using Xunit;

namespace Cnn.Generator.Tests.Diagnostics;

/// <content>Names, joins and outputs.</content>
public static partial class ErrorCases
{
    /// <summary>Gets faults of names, joins and outputs.</summary>
    public static TheoryData<string, string, string> OfGraphs { get; } = new()
    {
        {
            "CNN0013",
            "[[|Input(8, 8, 3)|], Output(\"input\")] public partial class Net;",
            "Net has no layer after [Input(8, 8, 3)]; add at least one, such as [Flatten, Dense(10)]"
        },
        {
            "CNN0061",
            "[Input(8, 8, 3), Conv(4, 3, Name = \"stem\"), Relu([|From = \"stam\"|])] public partial class Net;",
            "[Relu(From = \"stam\")]: no output here is named \"stam\" (did you mean \"stem\"?); it can read \"input\", \"stem\""
        },
        {
            "CNN0061",
            "[Input(8, 8, 3), Conv(3, 1, Name = \"a\"), Add(\"input\", [|\"b\"|])] public partial class Net;",
            "[Add(\"input\", \"b\")]: no output here is named \"b\"; it can read \"input\", \"a\""
        },
        {
            "CNN0061",
            "[Input(8, 8, 3), Conv(3, 1), Relu, Concat([|with: new[] { \"conv1\", \"Relu1\" }|])] public partial class Net;",
            "[Concat(\"conv1\", \"Relu1\")]: no output here is named \"Relu1\" (did you mean \"relu1\"?); it can read \"input\", \"conv1\", \"relu1\""
        },
        {
            "CNN0061",
            "[Input(8, 8, 3), Output([|\"middle\"|]), Conv(3, 1)] public partial class Net;",
            "[Output(\"middle\")]: no output here is named \"middle\"; it can read \"input\", \"conv1\""
        },
        {
            "CNN0061",
            "[Input(8, 8, 3), Relu, Relu, Relu, Relu, Relu, Relu, Relu(Name = \"a\"), Relu, Relu(Name = \"b\"), Add([|\"c\"|])] "
                + "public partial class Net;",
            "[Add(\"c\")]: no output here is named \"c\"; it can read \"input\", \"a\", \"b\""
        },
        {
            "CNN0061",
            "[Input(8, 8, 3), Relu, Tanh([|From = \"a\\n{0}\\\"\"|])] public partial class Net;",
            "[Tanh(From = \"a\\n{0}\\\"\")]: no output here is named \"a\\n{0}\\\"\"; it can read \"input\", \"relu1\""
        },
        {
            "CNN0062",
            "[Input(8, 8, 3), Conv(3, 1), Add([|\"side\"|]), Conv(3, 1, From = \"input\", Name = \"side\")] public partial class Net;",
            "[Add(\"side\")] reads \"side\", which [Conv(3, 1, From = \"input\", Name = \"side\")] computes only later; "
                + "put [Conv(3, 1, From = \"input\", Name = \"side\")] before it"
        },
        {
            "CNN0062",
            "[Input(8, 8, 3), Conv(3, 1), Add([|\"loop\"|]), Relu, Output(\"relu1\"), Conv(3, 1, Name = \"loop\")] public partial class Net;",
            "[Add(\"loop\")] reads \"loop\", which [Conv(3, 1, Name = \"loop\")] computes from it, so that the two would wait for each "
                + "other; read an output that stands before it"
        },
        {
            "CNN0062",
            "[Input(8, 8, 3), Conv(3, 1), Add([|\"self\"|], Name = \"self\")] public partial class Net;",
            "[Add(\"self\", Name = \"self\")] reads \"self\", which it computes itself; read an output that stands before it"
        },
        {
            "CNN0063",
            "[Input(8, 8, 3), Conv(3, 1, Name = \"a\"), Conv(3, 1, [|Name = \"a\"|])] public partial class Net;",
            "[Conv(3, 1, Name = \"a\")]: the name \"a\" is taken by something before it; give one of them another"
        },
        {
            "CNN0063",
            "[Input(8, 8, 3), Conv(3, 1), Conv(5, 1, [|Name = \"conv1\"|]), Add(\"conv1\")] public partial class Net;",
            "[Conv(5, 1, Name = \"conv1\")]: the name \"conv1\" is taken by something before it; give one of them another"
        },
        {
            "CNN0064",
            "[Input(8, 8, 3), Conv(3, 1), Relu, Conv(3, 1, From = \"input\"), [|Relu|], Tanh(From = \"relu1\")] public partial class Net;",
            "[Relu]: nobody reads its output \"relu2\"; remove it, join the output with [Add(\"relu2\")] or [Concat(\"relu2\")], "
                + "or let it leave with [Output(\"relu2\")]"
        },
        {
            "CNN0066",
            "[Input(8, 8, 3), Conv(3, 1, [|Name = \"my layer\"|]), Add(\"my layer\")] public partial class Net;",
            "[Conv(3, 1, Name = \"my layer\")]: \"my layer\" cannot be a name; use letters, digits, underscores and inner dots, "
                + "and not \"input\""
        },
        {
            "CNN0066",
            "[Input(8, 8, 3), Conv(3, 1, [|Name = \"input\"|])] public partial class Net;",
            "[Conv(3, 1, Name = \"input\")]: \"input\" cannot be a name; use letters, digits, underscores and inner dots, and not \"input\""
        },
        {
            "CNN0066",
            "[Input(8, 8, 3), Conv(3, 1, [|Name = \"\"|])] public partial class Net;",
            "[Conv(3, 1, Name = \"\")]: \"\" cannot be a name; use letters, digits, underscores and inner dots, and not \"input\""
        },
        {
            "CNN0066",
            "[Input(8, 8, 3), Conv(3, 1, [|Name = \"a.\"|])] public partial class Net;",
            "[Conv(3, 1, Name = \"a.\")]: \"a.\" cannot be a name; use letters, digits, underscores and inner dots, and not \"input\""
        },
        {
            "CNN0067",
            "[Input(8, 8, 3, [|Scale = 0|]), Conv(3, 1)] public partial class Net;",
            "[Input(8, 8, 3, Scale = 0f)]: Scale must be a finite number other than 0"
        },
        {
            "CNN0067",
            "[Input(8, 8, 3, [|Mean = new[] { 0.5f, 0.25f }|]), Conv(3, 1)] public partial class Net;",
            "[Input(8, 8, 3, Mean = new float[] { 0.5f, 0.25f })]: Mean has 2 numbers, but must have one for all channels or one for "
                + "each of the 3"
        },
        {
            "CNN0067",
            "[Input(8, 8, 3, [|Std = new float[0]|]), Conv(3, 1)] public partial class Net;",
            "[Input(8, 8, 3, Std = new float[] { })]: Std has 0 numbers, but must have one for all channels or one for each of the 3"
        },
        {
            "CNN0067",
            "[Input(8, 8, 3, Scale = 1f / 255, [|Std = new[] { -1f }|]), Conv(3, 1)] public partial class Net;",
            "[Input(8, 8, 3, Scale = 0.003921569f, Std = new float[] { -1f })]: Std must hold finite numbers greater than 0"
        },
        {
            "CNN0069",
            "[Input(8, 8, 3), Conv(3, 1, Name = \"result\"), [|Output(\"result\")|]] public partial class Net;",
            "[Output(\"result\")]: the output \"result\" leaves already, as that of the last layer; remove [Output(\"result\")]"
        },
        {
            "CNN0069",
            "[Input(8, 8, 3), Conv(3, 1, Name = \"a\"), Relu, Output(\"a\"), [|Output(\"a\")|]] public partial class Net;",
            "[Output(\"a\")]: the output \"a\" leaves already, by [Output(\"a\")]; remove [Output(\"a\")]"
        },
    };
}
