using Cnn.Generator.Graph;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Shapes;

/// <summary>The numbers of one pooling, and which way to compute it suits its layout.</summary>
internal sealed record PoolGeometry(bool IsMax, Window Window, Shape Input, int OutHeight, int OutWidth)
{
    public int Size => Window.KernelHeight * Window.KernelWidth;

    /// <summary>Gets a value indicating whether it is 2x2 with stride 2 over whole rows: the case that pairs of lanes compute.</summary>
    public bool IsPairs => Window is { KernelHeight: 2, KernelWidth: 2, StrideHeight: 2, StrideWidth: 2, Top: 0, Left: 0 }
        && OutHeight * 2 <= Input.Height && OutWidth * 2 <= Input.Width;

    /// <summary>Gets a value indicating whether no element stands in two windows.</summary>
    public bool IsDisjoint => Window.StrideHeight >= Window.KernelHeight && Window.StrideWidth >= Window.KernelWidth;

    public Shape Output => Shape.Volume(OutHeight, OutWidth, Input.Channels);

    public static PoolGeometry Of(PoolLayer layer, Shape input)
    {
        var output = layer.Infer(input);
        return new PoolGeometry(layer.IsMax, layer.Window(input), input, output.Height, output.Width);
    }
}
