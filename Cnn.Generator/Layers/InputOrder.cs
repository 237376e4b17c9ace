using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Layers;

/// <summary>An input that is probably written channels first, as other frameworks do: few rows, and many channels.</summary>
internal static class InputOrder
{
    /// <summary>Pictures have at least so many rows and columns, and volumes of so many channels are not read from files.</summary>
    private const int Least = 16;

    /// <summary>Whether as many rows as a colour picture has channels stand before two large numbers.</summary>
    public static bool IsColourFirst(Shape input) => input is { IsVector: false, Height: 3, Width: >= Least, Channels: >= Least };

    /// <summary>Whether a window that does not fit may be due to the order.</summary>
    public static bool IsSuspect(Shape input) => IsColourFirst(input)
        || (input is { IsVector: false, Height: 1 or 2 or 4, Width: >= Least } && input.Width == input.Channels);

    /// <summary>What was probably meant.</summary>
    public static string Meant(Shape input) =>
        "[Input(" + Text.Number(input.Width) + ", " + Text.Number(input.Channels) + ", " + Text.Number(input.Height) + ")]";
}
