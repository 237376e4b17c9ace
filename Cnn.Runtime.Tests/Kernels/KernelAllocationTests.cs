using System;
using Cnn.Kernels;
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
        All(x, y, t, bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        All(x, y, t, bytes);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Sums_by_channel_allocate_nothing_for_any_number_of_channels()
    {
        const int Channels = 2500;
        var values = Samples(2 * Channels, 1);
        var tables = Samples(4 * Channels, 2);
        Sums();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Sums();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Sums()
        {
            ref var x = ref values[0];
            ref var a = ref tables[0];
            ref var b = ref tables[Channels];
            ref var c = ref tables[2 * Channels];
            ref var d = ref tables[3 * Channels];
            BatchNormalization.Moments(ref x, 1, 0, 1, 0, 2, Channels, Channels, ref a, ref b);
            BatchNormalization.GradientSums(ref x, 0, 0, Channels, ref x, 0, 0, Channels, 1, 1, 2, Channels, ref a, ref b, ref c, ref d);
        }
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
        Elementwise.Gelu(ref x, ref y, Count);
        Elementwise.SoftplusBackward(ref x, ref y, Count, 1, 20);
        Elementwise.PReluChannelsBackward(ref x, ref y, ref a, ref b, Count, Count);
        a = Runs.Dot(ref x, ref y, Count);
        Channels.AddDots(ref x, Count, ref y, Count, ref a, Count, Count);
        Channels.ScaleShift(ref x, Count, ref y, Count, ref a, ref b, Count, Count);
        BatchNormalization.MomentsOfPlanes(ref x, 1, 0, 1, Count, Count, Count, Count, ref a, ref b);
        BatchNormalization.Scales(ref b, ref c, Count, 1e-5, ref d, ref e);
        BatchNormalization.Normalize(ref x, Count, ref y, Count, Count, Count, ref a, ref d, ref c);
        BatchNormalization.NormalizeRun(ref x, ref y, Count, a, d, c);
        BatchNormalization.GradientSumsOfPlanes(
            ref x, 0, Count, Count, ref y, 0, Count, Count, 1, 1, Count, Count, ref a, ref e, ref b, ref c);
        BatchNormalization.InputGradient(
            ref x, Count, ref y, Count, ref y, Count, Count, Count, ref a, ref e, ref d, ref b, ref c);
        BatchNormalization.InputGradientRun(ref x, ref y, ref y, Count, a, e, d, b, c);
        GroupNormalization.Forward(ref x, ref y, ref a, ref b, 1e-5, ref c, ref d, 1, Count, Count);
        GroupNormalization.Backward(ref x, ref y, ref a, ref b, ref e, ref c, ref d, 1, Count, Count);
        LayerNormalization.ForwardPlanes(ref x, Count, ref y, Count, ref a, ref b, 1e-5f, ref c, ref d, Count, Count);
        LayerNormalization.BackwardChannels(ref x, Count, ref y, Count, ref a, ref b, ref e, ref c, ref d, Count, Count);
        Softmax.ForwardPlanes(ref x, Count, ref y, Count, Count, Count);
        LogSoftmax.BackwardPlanes(ref x, Count, ref y, Count, Count, Count);
        Interpolation.BlendBackward(ref x, ref y, ref y, Count, 0.5f);
        ByteInput.Convert(ref bytes[0], ref y, Count, 0.5f, 1f);
    }
}
