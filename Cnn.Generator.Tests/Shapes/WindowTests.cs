using System;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Shapes;
using CsCheck;
using Xunit;

namespace Cnn.Generator.Tests.Shapes;

public class WindowTests
{
    private static readonly Gen<(int Size, int Kernel, int Stride, int Padding)> Windows =
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 12], Gen.Int[1, 9], Gen.Int[0, 6]);

    /// <summary>The definition: a window at every multiple of the stride that lies wholly in the padded input.</summary>
    [Fact]
    public void Outputs_are_the_windows_that_lie_wholly_in_the_padded_input()
    {
        Windows.Sample((size, kernel, stride, padding) =>
        {
            var window = Resolve(size, kernel, stride, PaddingSpec.Of(padding));
            var padded = size + (2 * padding);
            var expected = Enumerable.Range(0, padded).Count(start => start % stride == 0 && start + kernel <= padded);
            return window.OutputHeight(size) == expected && window.OutputWidth(size) == expected;
        });
    }

    [Fact]
    public void Unread_rows_are_those_that_no_window_touches()
    {
        Windows.Where(w => w.Kernel <= w.Size + (2 * w.Padding)).Sample((size, kernel, stride, padding) =>
            AssertUnread(size, Resolve(size, kernel, stride, PaddingSpec.Of(padding))));
    }

    [Fact]
    public void Unread_rows_under_same_are_those_that_no_window_touches()
    {
        Windows.Sample((size, kernel, stride, _) => AssertUnread(size, Resolve(size, kernel, stride, PaddingSpec.Same)));
    }

    [Fact]
    public void Same_keeps_the_size_divided_by_the_stride_rounded_up_and_puts_an_odd_zero_last()
    {
        Windows.Sample((size, kernel, stride, _) =>
        {
            var window = Resolve(size, kernel, stride, PaddingSpec.Same);
            return window.OutputHeight(size) == (int)Math.Ceiling(size / (double)stride)
                && window.Bottom - window.Top is 0 or 1
                && window.Right - window.Left is 0 or 1;
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

    private static Window Resolve(int size, int kernel, int stride, PaddingSpec padding) =>
        WindowSpec.Square(kernel, stride, padding).Resolve(Shape.Volume(size, size, 1));

    private static bool AssertUnread(int size, Window window)
    {
        var read = new bool[size];
        for (var output = 0; output < window.OutputHeight(size); output++)
        {
            for (var tap = 0; tap < window.KernelHeight; tap++)
            {
                var row = (output * window.StrideHeight) + tap - window.Top;
                if (row >= 0 && row < size)
                    read[row] = true;
            }
        }

        return window.UnreadRows(size) == read.Count(isRead => !isRead) && window.UnreadColumns(size) >= 0;
    }
}
