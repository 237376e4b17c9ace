using Cnn.Kernels;
using Cnn.Tests.Support;
using Xunit;
using static Cnn.Tests.Kernels.ElementChecks;
using Softmax = Cnn.Kernels.Softmax;

namespace Cnn.Tests.Kernels;

public sealed class KernelAllocationTests
{
    private const int Count = 67;

    [Fact]
    public void No_kernel_allocates()
    {
        var (x, y, t) = (Samples(Count * Count, 1), Samples(Count * Count, 2), Samples(16 * Count, 3));
        var bytes = new byte[Count * Count];
        Allocation.AssertNone(() => All(x, y, t, bytes), calls: 1);
    }

    private static void All(float[] values, float[] targets, float[] tables, byte[] bytes)
    {
        ref var x = ref values[0];
        ref var y = ref targets[0];
        ref var a = ref tables[0];
        ref var b = ref tables[Count];
        ref var c = ref tables[2 * Count];
        ref var d = ref tables[3 * Count];
        ref var e = ref tables[4 * Count];
        ref var f = ref tables[5 * Count];
        Elementwise.Gelu(ref x, ref y, Count);
        Elementwise.SoftplusBackward(ref x, ref y, Count, 1, 20);
        Elementwise.PReluChannelsBackward(ref x, ref y, ref a, ref b, Count, Count);
        a = Runs.Dot(ref x, ref y, Count);
        Channels.AddDots(ref x, Count, ref y, Count, ref a, Count, Count);
        Channels.Normalize(ref x, Count, ref y, Count, ref a, ref b, ref c, Count, Count);
        LayerNormalization.ForwardPlanes(ref x, Count, ref y, Count, ref a, ref b, 1e-5f, ref c, ref d, ref f, Count, Count);
        LayerNormalization.BackwardChannels(ref x, Count, ref y, Count, ref a, ref b, ref e, ref c, ref d, ref f, Count, Count);
        Softmax.ForwardPlanes(ref x, Count, ref y, Count, Count, Count);
        LogSoftmax.BackwardPlanes(ref x, Count, ref y, Count, Count, Count);
        Interpolation.BlendBackward(ref x, ref y, ref y, Count, 0.5f);
        ByteInput.Channels(ref bytes[0], ref y, ref a, ref b, 3, Count);
        ByteInput.Planes(ref bytes[0], ref y, Count, ref a, ref b, 3, Count);
    }
}
