using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>Fetches what a tile of pixels needs later into the cache.</summary>
internal static class TileFetches
{
    /// <summary>Prints the calls: for each line of a pixel's channels one for all pixels that stand at one distance from each other.</summary>
    /// <param name="body">Where to.</param>
    /// <param name="floats">The floats of a pixel.</param>
    /// <param name="pixels">The pixels.</param>
    public static void Emit(KernelBody body, int floats, IReadOnlyList<(string Reference, int Offset)> pixels)
    {
        for (var first = 0; first < pixels.Count;)
        {
            var (reference, offset) = pixels[first];
            var run = pixels.Skip(first).TakeWhile(pixel => pixel.Reference == reference).ToList();
            var step = run.Count > 1 ? run[1].Offset - offset : 0;
            var count = run.TakeWhile((pixel, i) => pixel.Offset == offset + (i * step)).Count();
            for (var line = 0; line < floats; line += Machine.Usual.LineFloats)
                body.Add(new Fetch(new Place(reference, offset + line), step, count));

            first += count;
        }
    }
}
