using System;
using Xunit;

namespace Cnn.Tests.Support;

/// <summary>The managed memory that calls take on the thread that makes them.</summary>
/// <remarks>
/// Measured up to five times, and the least counts: the runtime's own caches are managed objects shared by all threads, and grow on whichever
/// thread looks something up while other tests load types by the hundred. A call that always allocates does so each time.
/// </remarks>
public static class Allocation
{
    private const int Attempts = 5;

    /// <summary>Demands that <paramref name="calls"/> calls, after as many that may prepare, allocate nothing.</summary>
    public static void AssertNone(Action call, int calls = 10)
    {
        Assert.Equal(0, Least(() =>
        {
            for (var i = 0; i < calls; i++)
                call();
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < calls; i++)
                call();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }));
    }

    /// <summary>The least of a few measurements.</summary>
    public static long Least(Func<long> measure)
    {
        var least = long.MaxValue;
        for (var attempt = 0; attempt < Attempts && least > 0; attempt++)
            least = Math.Min(least, measure());
        return least;
    }
}
