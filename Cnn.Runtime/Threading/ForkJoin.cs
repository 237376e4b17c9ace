using System;

namespace Cnn;

/// <summary>Runs the parts of a work on the calling thread and on the process's workers.</summary>
internal static class ForkJoin
{
    private static readonly ForkJoinPool Shared = new(Environment.ProcessorCount - 1);

    /// <summary>
    /// Does all parts and returns when the last has ended. Allocates nothing once the workers run. The result of a part must depend on
    /// its number alone, not on the thread that does it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="parts"/> is less than 1.</exception>
    /// <remarks>
    /// If parts throw, the others still end, and the exception of the lowest part is thrown on. An interrupt of the calling thread ends nothing: it
    /// comes at the thread's next wait.
    /// </remarks>
    public static void Run(IForkJoinWork work, int parts) => Shared.Run(work, parts);
}
