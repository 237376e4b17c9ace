using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Kernels;

/// <summary>
/// Copies a convolution's weights into the order in which the kernel of its backward pass reads them: turned by 180 degrees, input
/// and output channels exchanged. Once a step.
/// </summary>
internal sealed record FlipWeightsKernel(ConvGeometry Geometry, ConvPacking Forward, ConvPacking Backward) : Kernel
{
    public override string Signature => "ref float source, ref float target";

    public override bool HasWidths => false;

    public override string Reason => "turns the kernel by 180 degrees for the backward pass";

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part)
    {
        foreach (var from in Forward.Segments)
        {
            foreach (var to in Backward.Segments)
                EmitSegment(writer, from, to);
        }
    }

    private void EmitSegment(CodeWriter writer, ConvSegment from, ConvSegment to)
    {
        var rows = Geometry.KernelHeight;
        var columns = Geometry.KernelWidth;
        var start = from.Offset + (to.First * from.Channel);
        var target = to.Offset + (from.First * to.Channel) + ((rows - 1) * to.Row) + ((columns - 1) * to.Column);
        using (writer.Block($"for (int ob = 0; ob < {from.Blocks}; ob++)"))
        using (writer.Block($"for (int o = 0; o < {from.Lanes}; o++)"))
        using (writer.Block($"for (int ib = 0; ib < {to.Blocks}; ib++)"))
        using (writer.Block($"for (int ky = 0; ky < {rows}; ky++)"))
        using (writer.Block($"for (int kx = 0; kx < {columns}; kx++)"))
        {
            writer.Line(Declare(
                "s",
                "source",
                start,
                ("ob", from.BlockStride),
                ("o", 1),
                ("ib", to.Lanes * from.Channel),
                ("ky", from.Row),
                ("kx", from.Column)));
            writer.Line(Declare(
                "t",
                "target",
                target,
                ("ob", from.Lanes * to.Channel),
                ("o", to.Channel),
                ("ib", to.BlockStride),
                ("ky", -to.Row),
                ("kx", -to.Column)));
            using (writer.Block($"for (int i = 0; i < {to.Lanes}; i++)"))
                writer.Line($"Unsafe.Add(ref t, i) = Unsafe.Add(ref s, {Offset(0, ("i", from.Channel))});");
        }
    }
}
