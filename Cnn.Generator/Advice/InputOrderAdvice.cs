using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Advice;

/// <summary>An input whose three numbers stand in another order than this compiler's.</summary>
internal static class InputOrderAdvice
{
    public static void Check(AdvisedNetwork network)
    {
        var input = network.Network.Input;
        if (!InputOrder.IsColourFirst(input))
            return;
        var picture = Shape.Volume(input.Width, input.Channels, input.Height);
        network.ReportInput(Rules.InputOrder, input.ToString(), picture.ToString(), InputOrder.Meant(input));
    }
}
