using System;

namespace Cnn.Benchmarks.Quick;

/// <summary>Bytes that calls allocate.</summary>
internal static class Allocation
{
    private const int Calls = 100;

    /// <summary>Bytes per call, after a first call.</summary>
    public static double PerCall(Action call)
    {
        call();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Calls; i++)
            call();
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Calls;
    }
}
