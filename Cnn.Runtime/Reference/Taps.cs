namespace Cnn.Reference;

/// <summary>
/// One tap (i, j) of a window, on all outputs at once: output element (p, q) meets the input element (p * stride - top + i * dilation,
/// q * stride - left + j * dilation) wherever that is not padding. A convolution is a sum over its taps, and so are its gradients.
/// </summary>
internal readonly struct Taps
{
    private readonly double[] _input;
    private readonly double[] _output;
    private readonly int _inputPlane;
    private readonly int _outputPlane;
    private readonly int _inputStart;
    private readonly int _outputStart;
    private readonly int _inputRow;
    private readonly int _outputRow;
    private readonly int _step;
    private readonly int _rows;
    private readonly int _columns;

    public Taps(Volume input, Volume output, Window window, int i, int j)
    {
        var rows = window.RowsOnInput(i, input.Height, output.Height);
        var columns = window.ColumnsOnInput(j, input.Width, output.Width);
        _input = input.Values;
        _output = output.Values;
        _inputPlane = input.Shape.Pixels;
        _outputPlane = output.Shape.Pixels;
        _inputStart = input.Index(0, window.Row(rows.First, i), window.Column(columns.First, j));
        _outputStart = output.Index(0, rows.First, columns.First);
        _inputRow = window.StrideHeight * input.Width;
        _outputRow = output.Width;
        _step = window.StrideWidth;
        _rows = rows.End - rows.First;
        _columns = columns.End - columns.First;
    }

    /// <summary>output[o, p, q] += weight * input[c, ...].</summary>
    public void Gather(double weight, int c, int o)
    {
        var (from, to) = Start(c, o);
        for (var p = 0; p < _rows; p++)
        {
            for (var q = 0; q < _columns; q++)
                _output[to + q] += weight * _input[from + (q * _step)];
            from += _inputRow;
            to += _outputRow;
        }
    }

    /// <summary>input[c, ...] += weight * output[o, p, q].</summary>
    public void Scatter(double weight, int c, int o)
    {
        var (from, to) = Start(c, o);
        for (var p = 0; p < _rows; p++)
        {
            for (var q = 0; q < _columns; q++)
                _input[from + (q * _step)] += weight * _output[to + q];
            from += _inputRow;
            to += _outputRow;
        }
    }

    /// <summary>The sum over p, q of input[c, ...] * output[o, p, q].</summary>
    public double Dot(int c, int o)
    {
        var (from, to) = Start(c, o);
        var sum = 0.0;
        for (var p = 0; p < _rows; p++)
        {
            for (var q = 0; q < _columns; q++)
                sum += _input[from + (q * _step)] * _output[to + q];
            from += _inputRow;
            to += _outputRow;
        }

        return sum;
    }

    /// <summary>
    /// <see cref="Dot"/>, and in the same pass inputGradient[c, ...] += weight * output[o, p, q]: output holds its gradients.
    /// </summary>
    public double PullBack(double weight, int c, int o, double[] inputGradient)
    {
        var (from, to) = Start(c, o);
        var sum = 0.0;
        for (var p = 0; p < _rows; p++)
        {
            for (var q = 0; q < _columns; q++)
            {
                // After a max pooling most are zero, and a zero adds nothing.
                var g = _output[to + q];
                if (g == 0)
                    continue;
                sum += _input[from + (q * _step)] * g;
                inputGradient[from + (q * _step)] += weight * g;
            }

            from += _inputRow;
            to += _outputRow;
        }

        return sum;
    }

    private (int Input, int Output) Start(int c, int o) => (_inputStart + (c * _inputPlane), _outputStart + (o * _outputPlane));
}
