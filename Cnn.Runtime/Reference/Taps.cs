namespace Cnn.Reference;

/// <summary>
/// One tap (i, j) of a window, on all outputs at once: output element (p, q) meets the input element (p * stride - top + i * dilation,
/// q * stride - left + j * dilation) wherever that is not padding. A convolution is a sum over its taps, and so are its gradients.
/// </summary>
internal readonly struct Taps
{
    private readonly Volume _input;
    private readonly Volume _output;
    private readonly Window _window;
    private readonly int _i;
    private readonly int _j;
    private readonly (int First, int End) _rows;
    private readonly (int First, int End) _columns;

    public Taps(Volume input, Volume output, Window window, int i, int j)
    {
        _input = input;
        _output = output;
        _window = window;
        _i = i;
        _j = j;
        _rows = window.RowsOnInput(i, input.Height, output.Height);
        _columns = window.ColumnsOnInput(j, input.Width, output.Width);
    }

    /// <summary>output[o, p, q] += weight * input[c, ...].</summary>
    public void Gather(double weight, int c, int o)
    {
        var (input, output, stride) = (_input.Values, _output.Values, _window.StrideWidth);
        for (var p = _rows.First; p < _rows.End; p++)
        {
            var (from, to) = Places(c, o, p);
            for (var q = _columns.First; q < _columns.End; q++)
                output[to + q] += weight * input[from + (q * stride)];
        }
    }

    /// <summary>input[c, ...] += weight * output[o, p, q].</summary>
    public void Scatter(double weight, int c, int o)
    {
        var (input, output, stride) = (_input.Values, _output.Values, _window.StrideWidth);
        for (var p = _rows.First; p < _rows.End; p++)
        {
            var (from, to) = Places(c, o, p);
            for (var q = _columns.First; q < _columns.End; q++)
                input[from + (q * stride)] += weight * output[to + q];
        }
    }

    /// <summary>The sum over p, q of input[c, ...] * output[o, p, q].</summary>
    public double Dot(int c, int o)
    {
        var (input, output, stride) = (_input.Values, _output.Values, _window.StrideWidth);
        var sum = 0.0;
        for (var p = _rows.First; p < _rows.End; p++)
        {
            var (from, to) = Places(c, o, p);
            for (var q = _columns.First; q < _columns.End; q++)
                sum += input[from + (q * stride)] * output[to + q];
        }

        return sum;
    }

    /// <summary>Where column 0 of output row p, and what it meets, would stand.</summary>
    private (int Input, int Output) Places(int c, int o, int p) =>
        (_input.Index(c, _window.Row(p, _i), _window.Column(0, _j)), _output.Index(o, p, 0));
}
