using System.Collections.Generic;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>
/// The products of a band of Winograd tiles: at each point of the tiles a matrix product, as a convolution of one element whose pixels are the
/// tiles. A method of its own, which all convolutions of the same channels and tiles call, forward and backward.
/// </summary>
/// <param name="Points">The points of a tile.</param>
/// <param name="Product">The convolution.</param>
/// <param name="Packing">The order of the weights of one point.</param>
/// <param name="SourcePlane">The floats from one point of the transformed source to the next.</param>
/// <param name="TargetPlane">The floats from one point of the products to the next.</param>
/// <param name="IsShared">Whether the threads of an inference share the points.</param>
internal sealed record WinogradProducts(
    int Points, ConvGeometry Product, ConvPacking Packing, int SourcePlane, int TargetPlane, bool IsShared) : IKernelHelpers
{
    /// <summary>The call of the method.</summary>
    public Call Call(VectorWidth width, string tiles, string filters, string products)
    {
        CallArgument[] turns = IsShared ? [Turns.Argument] : [];
        return new Call(Method(width), [.. turns, "ref " + tiles, "ref " + filters, "ref " + products]);
    }

    /// <inheritdoc/>
    public IEnumerable<HelperMethod> Methods(VectorWidth width)
    {
        var source = new TensorView(VolumeLayout.Hwc, SourcePlane, Product.InChannels, 1);
        var target = new TensorView(VolumeLayout.Hwc, TargetPlane, Product.OutChannels, 1);
        var inner = new ConvChannelsKernel(Product, source, target, Epilogue.Nothing, Packing, HasBias: false, "")
        {
            IsHot = true,
            Repetitions = Points,
        };
        var turns = IsShared ? Turns.Parameter + ", " : "";
        var body = new KernelBody();
        using (body.For("point", Points, IsShared))
        {
            body.Refer("source", Kernel.PlaceOf("tiles", 0, ("point", SourcePlane)));
            body.Refer("weights", Kernel.PlaceOf("filters", 0, ("point", Packing.Length)));
            body.Refer("target", Kernel.PlaceOf("products", 0, ("point", TargetPlane)));
            for (var segment = 0; segment < inner.Parts; segment++)
                inner.Build(body, width, segment);
        }

        yield return new HelperMethod(
            Kernel.Whole, $"void {Method(width)}({turns}ref float tiles, ref float filters, ref float products)", body);
    }

    /// <summary>Points, tiles and channels name it: <c>Products36Of64x16To16Wide</c>.</summary>
    private string Method(VectorWidth width)
    {
        var tiles = Text.Number(Product.OutWidth);
        var channels = $"{Text.Number(Product.InChannels)}To{Text.Number(Product.OutChannels)}";
        return $"Products{Text.Number(Points)}Of{tiles}x{channels}{(IsShared ? "Shared" : "")}{width.Type}";
    }
}
