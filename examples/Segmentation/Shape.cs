using System;

namespace SegmentationExample;

/// <summary>A shape in the plane.</summary>
/// <param name="Label">1 circle, 2 square, 3 equilateral triangle.</param>
/// <param name="Row">Its centre.</param>
/// <param name="Column">Its centre.</param>
/// <param name="Radius">That of the circle, or of the circle through its corners.</param>
/// <param name="Angle">How far it is turned, in radians.</param>
internal readonly record struct Shape(int Label, double Row, double Column, double Radius, double Angle)
{
    /// <summary>Whether a point lies in the shape.</summary>
    public bool Covers(double row, double column)
    {
        var (y, x) = (row - Row, column - Column);
        if ((x * x) + (y * y) > Radius * Radius)
            return false;
        var corners = Label switch { 2 => 4, 3 => 3, _ => 0 };

        // A regular polygon is the set of points on the inner side of all edges, which have the same distance from the centre.
        var distance = Radius * Math.Cos(Math.PI / Math.Max(corners, 1));
        for (var edge = 0; edge < corners; edge++)
        {
            var (sin, cos) = Math.SinCos(Angle + (2 * Math.PI * edge / corners));
            if ((x * cos) + (y * sin) > distance)
                return false;
        }

        return true;
    }
}
