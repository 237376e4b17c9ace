using System.Collections.Generic;
using System.Linq;

namespace Cnn;

/// <summary>
/// The positions of the boxes and arrows of a diagram: one row per step from the input, branches side by side. Boxes lie on a grid, arrows
/// between its rows, beside the first column where they pass over rows, and never on a box.
/// </summary>
internal sealed class DiagramLayout
{
    public const double BoxHeight = 58;

    private const double Margin = 12;
    private const double RowGap = 30;
    private const double ColumnGap = 36;
    private const double LaneGap = 14;

    private readonly IReadOnlyList<int[]> _sources;
    private readonly int[] _rows;
    private readonly int[] _columns;
    private readonly HashSet<(int Row, int Column)> _taken = [];
    private readonly double _firstColumn;
    private readonly double _rightOfColumns;

    public DiagramLayout(IReadOnlyList<int[]> sources, double boxWidth)
    {
        _sources = sources;
        BoxWidth = boxWidth;
        _rows = new int[sources.Count];
        _columns = new int[sources.Count];
        Place();
        var (left, right) = (new Lanes(), new Lanes());
        var edges = Edges().Select(edge => (edge, Way: WayOf(edge.From, edge.To))).OrderBy(item => _rows[item.edge.To] - _rows[item.edge.From]);
        var lanes = edges.ToDictionary(item => item.edge, item => item.Way switch
        {
            Way.Left => left.Take(_rows[item.edge.From], _rows[item.edge.To]),
            Way.Right => right.Take(_rows[item.edge.From], _rows[item.edge.To]),
            _ => 0,
        });
        _firstColumn = Margin + (left.Count * LaneGap);
        _rightOfColumns = _firstColumn + ((_columns.Max() + 1) * (boxWidth + ColumnGap)) - ColumnGap;
        Width = _rightOfColumns + (right.Count * LaneGap) + Margin;
        Height = (2 * Margin) + ((_rows.Max() + 1) * (BoxHeight + RowGap)) - RowGap;
        Arrows = [.. Edges().Select(edge => new DiagramArrow(edge.From, edge.To, Points(edge.From, edge.To, lanes[edge])))];
    }

    private enum Way
    {
        /// <summary>Straight down, and across above the target.</summary>
        Down,

        /// <summary>In a lane to the left of the first column.</summary>
        Left,

        /// <summary>In a lane to the right of the last column.</summary>
        Right,
    }

    public double Width { get; }

    public double Height { get; }

    public double BoxWidth { get; }

    public IReadOnlyList<DiagramArrow> Arrows { get; }

    /// <summary>The upper left corner of a box.</summary>
    public (double X, double Y) Corner(int box) =>
        (_firstColumn + (_columns[box] * (BoxWidth + ColumnGap)), Margin + (_rows[box] * (BoxHeight + RowGap)));

    private IEnumerable<(int From, int To)> Edges() =>
        Enumerable.Range(0, _sources.Count).SelectMany(box => _sources[box].Distinct().Select(source => (source, box)));

    /// <summary>A box stands below the lowest that it reads, in the first column of them or the next that is free.</summary>
    private void Place()
    {
        for (var box = 0; box < _sources.Count; box++)
        {
            var sources = _sources[box];
            _rows[box] = sources.Length == 0 ? 0 : sources.Max(source => _rows[source]) + 1;
            var column = sources.Length == 0 ? 0 : sources.Min(source => _columns[source]);
            while (!_taken.Add((_rows[box], column)))
                column++;
            _columns[box] = column;
        }
    }

    private Way WayOf(int from, int to)
    {
        var isFree = Enumerable.Range(_rows[from] + 1, _rows[to] - _rows[from] - 1).All(row => !_taken.Contains((row, _columns[from])));
        return isFree ? Way.Down : _columns[from] == 0 && _columns[to] == 0 ? Way.Left : Way.Right;
    }

    private (double X, double Y)[] Points(int from, int to, int lane)
    {
        var (source, target) = (Corner(from), Corner(to));
        var (start, end) = (source.X + (BoxWidth / 2), target.X + (BoxWidth / 2));
        var bottom = source.Y + BoxHeight;
        switch (WayOf(from, to))
        {
            case Way.Left:
                var left = _firstColumn - ((lane + 1) * LaneGap);
                var (leave, enter) = (source.Y + (BoxHeight * 0.7), target.Y + (BoxHeight * 0.3));
                return [(source.X, leave), (left, leave), (left, enter), (target.X, enter)];
            case Way.Right:
                var right = _rightOfColumns + ((lane + 1) * LaneGap);
                var (below, above) = (bottom + (RowGap / 3), target.Y - (RowGap / 2));
                return [(start, bottom), (start, below), (right, below), (right, above), (end, above), (end, target.Y)];
            default:
                var across = target.Y - (RowGap / 2);
                return start == end
                    ? [(start, bottom), (end, target.Y)]
                    : [(start, bottom), (start, across), (end, across), (end, target.Y)];
        }
    }

    /// <summary>Lanes beside the columns, the nearest first; what shares rows has different ones.</summary>
    private sealed class Lanes
    {
        private readonly List<List<(int From, int To)>> _lanes = [];

        public int Count => _lanes.Count;

        public int Take(int from, int to)
        {
            var lane = _lanes.FindIndex(taken => taken.All(other => to <= other.From || other.To <= from));
            if (lane < 0)
            {
                lane = _lanes.Count;
                _lanes.Add([]);
            }

            _lanes[lane].Add((from, to));
            return lane;
        }
    }
}

/// <summary>An arrow along points that are joined by horizontal and vertical lines.</summary>
internal sealed record DiagramArrow(int From, int To, IReadOnlyList<(double X, double Y)> Points);
