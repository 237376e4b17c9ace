using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Emission.CSharp;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;
using Xunit;

namespace Cnn.Generator.Tests.Statements;

/// <summary>Which numbers of a body may become parameters.</summary>
public sealed class BodyShapeTests
{
    [Fact]
    public void Bodies_that_differ_in_strides_and_ends_have_one_shape()
    {
        var (small, large) = (BodyShape.Of(Body(48, 3, "i")), BodyShape.Of(Body(64, 3, "i")));

        Assert.True(small.Matches(large));
        Assert.NotEqual(small.Numbers, large.Numbers);
    }

    [Fact]
    public void A_number_of_an_instruction_in_an_innermost_loop_is_not_free()
    {
        Assert.False(BodyShape.Of(Body(48, 3, "i")).Matches(BodyShape.Of(Body(48, 4, "i"))));
    }

    [Fact]
    public void Bodies_that_differ_in_a_name_have_two_shapes()
    {
        Assert.False(BodyShape.Of(Body(48, 3, "i")).Matches(BodyShape.Of(Body(48, 3, "j"))));
    }

    [Fact]
    public void A_body_of_one_more_statement_has_another_shape()
    {
        IReadOnlyList<Statement> body = Body(48, 3, "i");

        Assert.False(BodyShape.Of(body).Matches(BodyShape.Of([.. body, new Advance("s", new Place("s", 1))])));
    }

    /// <summary>Nothing is printed for a zero: what follows it would be another text.</summary>
    [Fact]
    public void A_zero_is_not_free()
    {
        var none = BodyShape.Of([new ReferenceDeclaration([("s", new Place("source", 0))])]);
        var some = BodyShape.Of([new ReferenceDeclaration([("s", new Place("source", 8))])]);

        Assert.False(none.Matches(some));
    }

    [Fact]
    public void Replaced_numbers_are_multiples_of_parameters()
    {
        var body = Body(48, 3, "i");
        var numbers = BodyShape.Of(body).Numbers;
        var replaced = BodyShape.Replace(body, [.. numbers.Select(number => number.Value % 48 == 0 ? new Multiple("n1", number.Value / 48) : (Multiple?)null)]);

        Assert.Equal(
            """
            for (int y = 0; y < 5; y++)
            {
                ref float s = ref Add(ref source, y * n1 * 2), w = ref Add(ref weights, n1);
                for (int i = 0; i < n1; i++)
                {
                    k0 = Load8(w, n1);
                    Fma8x1(s, i + 3, k0, ref a0);
                    w = ref Add(ref w, 8);
                }
            }

            """,
            Print(replaced));
    }

    /// <summary>A loop over rows with a loop over channels in it.</summary>
    private static IReadOnlyList<Statement> Body(int channels, int tap, string index)
    {
        var body = new KernelBody();
        using (body.For("y", 5))
        {
            body.Refer("s", new Place("source", Offset.Of(0, ("y", 2 * channels))));
            body.Refer("w", new Place("weights", channels));
            using (body.For(index, channels))
            {
                body.Add(VectorWidth.V256.Load("k0", "w", channels));
                body.Add(VectorWidth.V256.MultiplyAdd("s", Offset.Of(tap, (index, 1)), ["k0"], ["a0"]));
                body.Advance("w", 8);
            }
        }

        return body.Statements;
    }

    private static string Print(IReadOnlyList<Statement> statements)
    {
        var writer = new CodeWriter();
        MethodPrinter.Print(writer, statements);
        return writer.ToString();
    }
}
