using Cnn.Generator.Graph;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Scheduling.Lowerings;

/// <summary>Global pooling: a mean over one adaptive window, or a maximum over one window.</summary>
internal sealed class GlobalPoolLowering : Lowering
{
    private static readonly MeanLowering Mean = new();
    private static readonly PoolLowering Maximum = new();

    public override void Forward(ForwardContext context) => Of(context.Node).Forward(context);

    public override void Backward(BackwardContext context) => Of(context.Node).Backward(context);

    private static Lowering Of(Node node) => ((GlobalPoolLayer)node.Layer).IsMax ? Maximum : Mean;
}
