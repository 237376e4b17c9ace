using System;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Layers;
using Cnn.Generator.Shapes;
using Cnn.Tests.Support;
using CsCheck;
using Xunit;

namespace Cnn.Generator.Tests.Shapes;

public class WindowTests
{
    private static readonly Gen<(int Size, int Kernel, int Stride, int Padding)> Windows =
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 12], Gen.Int[1, 9], Gen.Int[0, 6]);

    /// <summary>A window with everything different on its two sides, as pooling allows it, over a volume that holds at least one.</summary>
    private static readonly Gen<(Shape Input, Window Window)> Uneven = DilatedUpTo(4);

    /// <summary>The definition: a window at every multiple of the stride that lies wholly in the padded input.</summary>
    [Fact]
    public void Outputs_are_the_windows_that_lie_wholly_in_the_padded_input()
    {
        Windows.ForAll((size, kernel, stride, padding) =>
        {
            var window = Resolve(size, kernel, stride, PaddingSpec.Of(padding));
            var padded = size + (2 * padding);
            var expected = Enumerable.Range(0, padded).Count(start => start % stride == 0 && start + kernel <= padded);
            Assert.Equal((expected, expected), (window.OutputHeight(size), window.OutputWidth(size)));
        });
    }

    /// <summary>
    /// PyTorch's: in ceil mode a window whose place is a fraction of a step beyond the last whole one counts too, if it starts inside
    /// the input or its padding before it.
    /// </summary>
    [Fact]
    public void Outputs_of_a_dilated_window_follow_the_definition_in_both_modes()
    {
        Uneven.ForAll((input, window) =>
        {
            var rows = Outputs(input.Height, window.Top, window.Bottom, window.KernelHeight, window.DilationHeight, window.StrideHeight);
            var columns = Outputs(input.Width, window.Left, window.Right, window.KernelWidth, window.DilationWidth, window.StrideWidth);
            Assert.Equal((rows, columns), (window.OutputHeight(input.Height), window.OutputWidth(input.Width)));

            int Outputs(int size, int before, int after, int kernel, int dilation, int stride)
            {
                var padded = size + before + after;
                var last = padded - ((dilation * (kernel - 1)) + 1);
                var limit = window.CeilMode ? Math.Min(last + stride - 1, size + before - 1) : last;
                return Enumerable.Range(0, padded).Count(start => start % stride == 0 && start <= limit);
            }
        });
    }

    /// <summary>The values that torch.nn.functional.max_pool2d gives.</summary>
    [Theory]
    [InlineData(6, 3, 2, 0, 1, false, 2)]
    [InlineData(6, 3, 2, 0, 1, true, 3)]
    [InlineData(7, 3, 2, 0, 1, true, 3)]
    [InlineData(5, 2, 2, 0, 1, true, 3)]
    [InlineData(5, 2, 3, 0, 1, true, 2)]
    [InlineData(6, 2, 5, 0, 1, true, 2)]
    [InlineData(5, 3, 5, 1, 1, true, 2)]
    [InlineData(4, 3, 5, 1, 1, true, 1)] // the second window would start in the padding at the end
    [InlineData(1, 2, 2, 0, 1, true, 1)]
    [InlineData(8, 3, 1, 0, 2, false, 4)]
    [InlineData(8, 3, 2, 1, 2, false, 3)]
    [InlineData(8, 3, 2, 1, 2, true, 4)]
    [InlineData(112, 3, 2, 1, 1, false, 56)]
    public void A_pooling_has_as_many_outputs_as_in_PyTorch(
        int size, int kernel, int stride, int padding, int dilation, bool ceil, int outputs)
    {
        var spec = WindowSpec.Square(kernel, stride, PaddingSpec.Of(padding)) with
        {
            DilationHeight = dilation,
            DilationWidth = dilation,
            CeilMode = ceil,
        };
        Assert.Equal(outputs, spec.Resolve(Shape.Volume(size, size, 1)).OutputHeight(size));
    }

    [Fact]
    public void Unread_rows_are_those_that_no_window_touches()
    {
        Windows.Where(w => w.Kernel <= w.Size + (2 * w.Padding)).ForAll((size, kernel, stride, padding) =>
            AssertUnread(Shape.Volume(size, size, 1), Resolve(size, kernel, stride, PaddingSpec.Of(padding))));
    }

    [Fact]
    public void Unread_rows_under_same_are_those_that_no_window_touches()
    {
        Windows.ForAll((size, kernel, stride, _) =>
            AssertUnread(Shape.Volume(size, size, 1), Resolve(size, kernel, stride, PaddingSpec.Same)));
    }

    [Fact]
    public void Unread_rows_of_a_dilated_window_are_those_that_no_window_touches() => Uneven.ForAll(AssertUnread);

    [Fact]
    public void Rows_beyond_the_input_are_those_that_the_last_window_reads()
    {
        Uneven.ForAll((input, window) =>
        {
            var last = ((window.OutputHeight(input.Height) - 1) * window.StrideHeight) - window.Top
                + ((window.KernelHeight - 1) * window.DilationHeight);
            var right = ((window.OutputWidth(input.Width) - 1) * window.StrideWidth) - window.Left
                + ((window.KernelWidth - 1) * window.DilationWidth);
            Assert.Equal(Math.Max(0, last + 1 - input.Height), window.BeyondBottom(input.Height));
            Assert.Equal(Math.Max(0, right + 1 - input.Width), window.BeyondRight(input.Width));
        });
    }

    [Fact]
    public void An_average_divides_by_the_part_of_its_window_that_counts()
    {
        DilatedUpTo(1).ForAll((input, window) =>
        {
            foreach (var countIncludePad in new[] { true, false })
            {
                var geometry = new PoolGeometry(
                    false, window, input, window.OutputHeight(input.Height), window.OutputWidth(input.Width))
                {
                    CountIncludePad = countIncludePad,
                };
                var first = countIncludePad ? -window.Top : 0;
                var end = input.Height + (countIncludePad ? window.Bottom : 0);
                var rows = Enumerable.Range(0, geometry.OutHeight).Select(output => Enumerable.Range(0, window.KernelHeight)
                    .Select(tap => (output * window.StrideHeight) + tap - window.Top)
                    .Count(row => row >= first && row < end));
                Assert.Equal(rows, geometry.RowDivisors);
                Assert.Equal(geometry.OutWidth, geometry.ColumnDivisors.Count);
                Assert.Equal(
                    geometry.IsEvenlyDivided,
                    geometry.RowDivisors.All(divisor => divisor == window.KernelHeight)
                        && geometry.ColumnDivisors.All(divisor => divisor == window.KernelWidth));
            }
        });
    }

    [Fact]
    public void Same_keeps_the_size_divided_by_the_stride_rounded_up_and_puts_an_odd_zero_last()
    {
        Windows.ForAll((size, kernel, stride, dilation) =>
        {
            var spec = WindowSpec.Square(kernel, stride, PaddingSpec.Same) with
            {
                DilationHeight = dilation + 1,
                DilationWidth = dilation + 1,
            };
            var window = spec.Resolve(Shape.Volume(size, size, 1));
            Assert.Equal((int)Math.Ceiling(size / (double)stride), window.OutputHeight(size));
            Assert.InRange(window.Bottom - window.Top, 0, 1);
            Assert.InRange(window.Right - window.Left, 0, 1);
        });
    }

    [Theory]
    [InlineData(int.MaxValue, 1, 1)]
    [InlineData(1, int.MaxValue, 1)]
    [InlineData(1, 1, int.MaxValue)]
    [InlineData(5, int.MaxValue, int.MaxValue)]
    [InlineData(int.MaxValue, 3, int.MaxValue)]
    public void Same_padding_of_extreme_sizes_does_not_overflow(int size, int kernel, int stride)
    {
        var window = Resolve(size, kernel, stride, PaddingSpec.Same);
        Assert.InRange(window.Top, 0, kernel - 1);
        Assert.InRange((long)window.Top + window.Bottom, 0, kernel - 1);
    }

    [Theory]
    [InlineData(10, 7, "0-2 1-3 2-5 4-6 5-8 7-9 8-10")]
    [InlineData(7, 3, "0-3 2-5 4-7")]
    [InlineData(2, 3, "0-1 0-2 1-2")]
    [InlineData(5, 1, "0-5")]
    public void An_adaptive_pooling_has_the_windows_of_PyTorch(int size, int outputs, string windows)
    {
        var text = AdaptiveAvgPoolLayer.Windows(size, outputs).Select(window => $"{window.First}-{window.End}");
        Assert.Equal(windows, string.Join(' ', text));
    }

    private static Window Resolve(int size, int kernel, int stride, PaddingSpec padding) =>
        WindowSpec.Square(kernel, stride, padding).Resolve(Shape.Volume(size, size, 1));

    /// <summary>One more than the most padding that a pooling may have: half its window.</summary>
    private static int Legal(int kernel) => (kernel / 2) + 1;

    private static Gen<(Shape Input, Window Window)> DilatedUpTo(int dilation) =>
        from height in Gen.Int[1, 30]
        from width in Gen.Int[1, 30]
        from kernels in Gen.Select(Gen.Int[1, 6], Gen.Int[1, 6])
        from strides in Gen.Select(Gen.Int[1, 5], Gen.Int[1, 5])
        from dilations in Gen.Select(Gen.Int[1, dilation], Gen.Int[1, dilation])
        from sides in Gen.Int[0, 4].Array[4]
        from ceil in Gen.Bool
        let input = Shape.Volume(height, width, 1)
        let rows = Legal(kernels.Item1)
        let columns = Legal(kernels.Item2)
        let padding = PaddingSpec.Of(sides[0] % rows, sides[1] % columns, sides[2] % rows, sides[3] % columns)
        let spec = new WindowSpec(kernels.Item1, kernels.Item2, strides.Item1, strides.Item2, padding)
        {
            DilationHeight = dilations.Item1,
            DilationWidth = dilations.Item2,
            CeilMode = ceil,
        }
        let window = spec.Resolve(input)
        where window.OutputHeight(height) > 0 && window.OutputWidth(width) > 0
        select (input, window);

    private static void AssertUnread(Shape input, Window window)
    {
        var rows = Unread(
            input.Height, window.OutputHeight(input.Height), window.KernelHeight, window.StrideHeight, window.DilationHeight, window.Top);
        var columns = Unread(
            input.Width, window.OutputWidth(input.Width), window.KernelWidth, window.StrideWidth, window.DilationWidth, window.Left);
        Assert.Equal((rows, columns), (window.UnreadRows(input.Height), window.UnreadColumns(input.Width)));
    }

    private static int Unread(int size, int outputs, int kernel, int stride, int dilation, int before)
    {
        var read = new bool[size];
        for (var output = 0; output < outputs; output++)
        {
            for (var tap = 0; tap < kernel; tap++)
            {
                var row = (output * stride) + (tap * dilation) - before;
                if (row >= 0 && row < size)
                    read[row] = true;
            }
        }

        return read.Count(isRead => !isRead);
    }
}
