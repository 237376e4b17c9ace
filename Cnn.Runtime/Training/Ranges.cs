using System;
using System.Runtime.CompilerServices;

namespace Cnn;

/// <summary>Checks of numbers that must be finite, which the framework's own let pass.</summary>
internal static class Ranges
{
    public static void RequireNotNegative(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!double.IsFinite(value) || value < 0)
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number, 0 or more.");
    }

    public static void RequirePositive(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!double.IsFinite(value) || value <= 0)
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number above 0.");
    }

    public static void RequireFraction(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!(value >= 0 && value < 1))
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 0 and less than 1.");
    }

    /// <summary>For an epsilon: where a gradient has always been zero it alone keeps the quotient from being 0 / 0.</summary>
    public static void RequireNormalFloat(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        RequirePositive(value, name);
        if (!float.IsNormal((float)value))
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be a number that a float holds, as 1e-8 is.");
    }
}
