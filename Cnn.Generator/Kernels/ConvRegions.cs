using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;

namespace Cnn.Generator.Kernels;

/// <summary>The regions that convolutions read and write.</summary>
internal static class ConvRegions
{
    extension(ConvGeometry geometry)
    {
        /// <summary>The elements of a source that it reads, from the corner of the first window on.</summary>
        public Region Reads(TensorView source, int channels, bool isPooled = false)
        {
            var (height, width) = geometry.Grid(isPooled);
            return geometry.Taps == 0 ? Region.Nothing : Region.Grid(
                source,
                ((height - 1) * geometry.Window.StrideHeight) + ((geometry.KernelHeight - 1) * geometry.Window.DilationHeight) + 1,
                ((width - 1) * geometry.Window.StrideWidth) + ((geometry.KernelWidth - 1) * geometry.Window.DilationWidth) + 1,
                channels);
        }

        /// <summary>The elements of a result that it writes, from the first output on.</summary>
        public Region Writes(TensorView target, int channels, bool isPooled = false)
        {
            var (height, width) = geometry.Grid(isPooled);
            return isPooled ? Region.Grid(target, height / 2, width / 2, channels) : Region.Grid(target, height, width, channels);
        }

        /// <summary>The parameters of a kernel that computes it directly.</summary>
        /// <param name="source">How the source lies.</param>
        /// <param name="target">How the result lies.</param>
        /// <param name="weights">The floats of the weights.</param>
        /// <param name="hasBias">Whether there is a bias.</param>
        /// <param name="isPooled">Whether a 2x2 pooling follows.</param>
        /// <param name="residual">How a volume lies that is added to the result; null where none is.</param>
        public EquatableArray<Parameter> Parameters(
            TensorView source, TensorView target, int weights, bool hasBias, bool isPooled, TensorView? residual = null) =>
        [
            Parameter.Reads("source", () => geometry.Reads(source, geometry.InChannels, isPooled)),
            Parameter.Weights("weights", Region.Run(weights)),
            .. Parameter.Where(hasBias, Parameter.Weights("bias", Region.Run(geometry.OutChannels))),
            .. residual is { } other ? new[] { Parameter.Reads("residual", () => geometry.Writes(other, geometry.OutChannels)) } : [],
            Parameter.Writes("target", () => geometry.Writes(target, geometry.OutChannels, isPooled)),
        ];

        /// <summary>
        /// The same as one long row, where the window is a single element and the rows of what is read and written follow each other without a gap.
        /// </summary>
        public ConvGeometry Flattened(TensorView source, TensorView target, TensorView? residual = null)
        {
            var isPointwise = geometry.KernelHeight == 1 && geometry.KernelWidth == 1 && geometry.Window.StrideHeight == 1 && geometry.Window.StrideWidth == 1;
            return isPointwise && IsOneRow(source) && IsOneRow(target) && (residual is not { } other || IsOneRow(other))
                ? geometry with { OutHeight = 1, OutWidth = geometry.OutHeight * geometry.OutWidth }
                : geometry;

            bool IsOneRow(TensorView view) => view.Row == geometry.OutWidth * view.Pixel;
        }
    }
}
