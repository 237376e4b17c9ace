using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cnn;

/// <summary>
/// Runs a generated network: checks the spans, finds the arena, calls the kernels. Generated members call it; other code should call them.
/// </summary>
/// <remarks>
/// The arena of a small network (<see cref="INetwork{TSelf}.StackLimit"/>) is on the stack. A larger one belongs to the calling thread and
/// is kept for its next call, as is a small one if the stack is nearly used up. A caller may also pass a <see cref="Workspace"/> of its
/// own. In each case a call allocates nothing in steady state, and threads do not disturb each other.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NetworkRunner
{
    /// <summary>The largest arena, in bytes, that is put on the stack unless <see cref="MemoryAttribute"/> says otherwise: 128 KiB.</summary>
    public const int StackLimit = 128 * 1024;

    /// <summary>One inference.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="weights">Its weights in kernel order.</param>
    /// <param name="input">One input, <see cref="INetwork{TSelf}.InputLength"/> floats.</param>
    /// <param name="output">Receives one output, <see cref="INetwork{TSelf}.OutputLength"/> floats; must not overlap the input.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, or input and output overlap.</exception>
    public static void Forward<TNetwork>(ReadOnlySpan<float> weights, ReadOnlySpan<float> input, Span<float> output)
        where TNetwork : class, INetwork<TNetwork>
    {
        Check<TNetwork>(weights, input, output);
        Run<TNetwork>(
            ref MemoryMarshal.GetReference(weights),
            ref MemoryMarshal.GetReference(input),
            ref MemoryMarshal.GetReference(output),
            1,
            mayShare: true);
    }

    /// <summary>One inference in the caller's memory.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="weights">Its weights in kernel order.</param>
    /// <param name="input">One input, <see cref="INetwork{TSelf}.InputLength"/> floats.</param>
    /// <param name="output">Receives one output, <see cref="INetwork{TSelf}.OutputLength"/> floats; must not overlap the input.</param>
    /// <param name="workspace">At least <see cref="INetwork{TSelf}.ArenaBytes"/>; not used by another call meanwhile.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, input and output overlap, or the workspace is too small.</exception>
    public static void Forward<TNetwork>(ReadOnlySpan<float> weights, ReadOnlySpan<float> input, Span<float> output, Workspace workspace)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(workspace);
        Check<TNetwork>(weights, input, output);
        if (workspace.Bytes < TNetwork.ArenaBytes)
            RunnerErrors.ThrowWorkspace<TNetwork>(TNetwork.ArenaBytes, workspace.Bytes, nameof(workspace));

        RunIn<TNetwork>(
            ref MemoryMarshal.GetReference(weights),
            ref MemoryMarshal.GetReference(input),
            ref MemoryMarshal.GetReference(output),
            1,
            ref workspace.Memory,
            mayShare: true);

        // Between its alignment and its use the address is no reference that the collector sees.
        GC.KeepAlive(workspace);
    }

    /// <summary>One inference from bytes, which become numbers on their way in.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="weights">Its weights in kernel order.</param>
    /// <param name="input">One input, <see cref="INetwork{TSelf}.InputLength"/> bytes.</param>
    /// <param name="output">Receives one output, <see cref="INetwork{TSelf}.OutputLength"/> floats.</param>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    public static void Forward<TNetwork>(ReadOnlySpan<float> weights, ReadOnlySpan<byte> input, Span<float> output)
        where TNetwork : class, INetwork<TNetwork>
    {
        if (weights.Length != TNetwork.InferenceLength)
            RunnerErrors.ThrowLength<TNetwork>("The weights", TNetwork.InferenceLength, weights.Length, nameof(weights));
        if (input.Length != TNetwork.InputLength)
            RunnerErrors.ThrowBytes<TNetwork>(TNetwork.InputLength, input.Length, nameof(input));
        if (output.Length != TNetwork.OutputLength)
            RunnerErrors.ThrowLength<TNetwork>("The output", TNetwork.OutputLength, output.Length, nameof(output));

        var bytes = TNetwork.ArenaBytes;
        ref var first = ref MemoryMarshal.GetReference(weights);
        ref var sample = ref MemoryMarshal.GetReference(input);
        ref var result = ref MemoryMarshal.GetReference(output);
        if (FitsTheStack<TNetwork>(bytes))
            RunBytesOnStack<TNetwork>(ref first, ref sample, ref result, bytes);
        else
            RunBytes<TNetwork>(ref first, ref sample, ref result, ref Unsafe.As<byte, float>(ref InferenceMemory.Get(bytes)));
    }

    /// <summary>One inference that returns only the class in the last layer's output.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="weights">Its weights in kernel order.</param>
    /// <param name="input">One input, <see cref="INetwork{TSelf}.InputLength"/> floats.</param>
    /// <returns>
    /// The index of the largest value of the last layer's output; the first of several; 0 if none is a number. A single value gives 1 if it
    /// is above <see cref="INetwork{TSelf}.Threshold"/>, else 0.
    /// </returns>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    public static int Predict<TNetwork>(ReadOnlySpan<float> weights, ReadOnlySpan<float> input)
        where TNetwork : class, INetwork<TNetwork>
    {
        if (weights.Length != TNetwork.InferenceLength)
            RunnerErrors.ThrowLength<TNetwork>("The weights", TNetwork.InferenceLength, weights.Length, nameof(weights));
        if (input.Length != TNetwork.InputLength)
            RunnerErrors.ThrowLength<TNetwork>("The input", TNetwork.InputLength, input.Length, nameof(input));

        // The output follows the arena.
        var bytes = InferenceMemory.Align(TNetwork.ArenaBytes) + checked(TNetwork.OutputLength * sizeof(float));
        ref var first = ref MemoryMarshal.GetReference(weights);
        ref var sample = ref MemoryMarshal.GetReference(input);
        return FitsTheStack<TNetwork>(bytes)
            ? PredictOnStack<TNetwork>(ref first, ref sample, bytes)
            : PredictIn<TNetwork>(ref first, ref sample, ref InferenceMemory.Get(bytes));
    }

    /// <summary>Several inferences, spread over threads in contiguous ranges.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="weights">Its weights in kernel order.</param>
    /// <param name="inputs">Inputs, one after the other; their length says how many. May be empty.</param>
    /// <param name="outputs">Receives as many outputs, one after the other; must not overlap the inputs.</param>
    /// <param name="threads">The number of ranges, at least 1; no more than the machine's processors work at once.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, or inputs and outputs overlap.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is less than 1.</exception>
    public static void ForwardBatch<TNetwork>(
        ReadOnlySpan<float> weights,
        ReadOnlySpan<float> inputs,
        Span<float> outputs,
        int threads)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (weights.Length != TNetwork.InferenceLength)
            RunnerErrors.ThrowLength<TNetwork>("The weights", TNetwork.InferenceLength, weights.Length, nameof(weights));
        var (count, rest) = Math.DivRem(inputs.Length, TNetwork.InputLength);
        if (rest != 0)
            RunnerErrors.ThrowMultiple<TNetwork>(TNetwork.InputLength, inputs.Length, nameof(inputs));
        if (outputs.Length != (long)count * TNetwork.OutputLength)
            RunnerErrors.ThrowBatch<TNetwork>(count, TNetwork.OutputLength, outputs.Length, nameof(outputs));
        if (inputs.Overlaps(outputs))
            RunnerErrors.ThrowOverlap("outputs", nameof(outputs));
        if (count == 0)
            return;

        if (threads == 1 || count == 1)
        {
            Run<TNetwork>(
                ref MemoryMarshal.GetReference(weights),
                ref MemoryMarshal.GetReference(inputs),
                ref MemoryMarshal.GetReference(outputs),
                count);
            return;
        }

        BatchWork<TNetwork>.Run(weights, inputs, outputs, count, Math.Min(threads, count));
    }

    /// <summary>
    /// <paramref name="count"/> inferences one after the other, in one arena; nothing is checked. Other threads help only where
    /// <paramref name="mayShare"/> says so: not where they have inferences of their own.
    /// </summary>
    internal static void Run<TNetwork>(ref float weights, ref float inputs, ref float outputs, int count, bool mayShare = false)
        where TNetwork : class, INetwork<TNetwork>
    {
        var bytes = IsBatch<TNetwork>(count) ? TNetwork.BatchBytes : TNetwork.ArenaBytes;
        if (FitsTheStack<TNetwork>(bytes))
            RunOnStack<TNetwork>(ref weights, ref inputs, ref outputs, count, bytes, mayShare);
        else if (IsBatch<TNetwork>(count))
            RunBatchIn<TNetwork>(ref weights, ref inputs, ref outputs, count, ref InferenceMemory.Get(bytes));
        else
            RunIn<TNetwork>(ref weights, ref inputs, ref outputs, count, ref InferenceMemory.Get(bytes), mayShare);
    }

    private static void Check<TNetwork>(ReadOnlySpan<float> weights, ReadOnlySpan<float> input, Span<float> output)
        where TNetwork : class, INetwork<TNetwork>
    {
        if (weights.Length != TNetwork.InferenceLength)
            RunnerErrors.ThrowLength<TNetwork>("The weights", TNetwork.InferenceLength, weights.Length, nameof(weights));
        if (input.Length != TNetwork.InputLength)
            RunnerErrors.ThrowLength<TNetwork>("The input", TNetwork.InputLength, input.Length, nameof(input));
        if (output.Length != TNetwork.OutputLength)
            RunnerErrors.ThrowLength<TNetwork>("The output", TNetwork.OutputLength, output.Length, nameof(output));
        if (input.Overlaps(output))
            RunnerErrors.ThrowOverlap("output", nameof(output));
    }

    /// <summary>Whether this number of inferences is computed together.</summary>
    private static bool IsBatch<TNetwork>(int count)
        where TNetwork : class, INetwork<TNetwork> => count > 1 && TNetwork.BatchSamples > 1;

    private static bool FitsTheStack<TNetwork>(int bytes)
        where TNetwork : class, INetwork<TNetwork> =>
        bytes <= TNetwork.StackLimit && RuntimeHelpers.TryEnsureSufficientExecutionStack();

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe void RunOnStack<TNetwork>(
        ref float weights, ref float inputs, ref float outputs, int count, int bytes, bool mayShare)
        where TNetwork : class, INetwork<TNetwork>
    {
        var memory = stackalloc byte[bytes + InferenceMemory.Alignment];
        ref var arena = ref Unsafe.AsRef<byte>(InferenceMemory.Align(memory));
        if (IsBatch<TNetwork>(count))
            RunBatchIn<TNetwork>(ref weights, ref inputs, ref outputs, count, ref arena);
        else
            RunIn<TNetwork>(ref weights, ref inputs, ref outputs, count, ref arena, mayShare);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe void RunBytesOnStack<TNetwork>(ref float weights, ref byte input, ref float output, int bytes)
        where TNetwork : class, INetwork<TNetwork>
    {
        var memory = stackalloc byte[bytes + InferenceMemory.Alignment];
        RunBytes<TNetwork>(ref weights, ref input, ref output, ref Unsafe.AsRef<float>(InferenceMemory.Align(memory)));
    }

    /// <summary>Inferences as many at a time as the network computes together, and the rest.</summary>
    private static void RunBatchIn<TNetwork>(ref float weights, ref float inputs, ref float outputs, int count, ref byte arena)
        where TNetwork : class, INetwork<TNetwork>
    {
        ref var scratch = ref Unsafe.As<byte, float>(ref arena);
        for (var first = 0; first < count; first += TNetwork.BatchSamples)
        {
            TNetwork.RunBatch(
                ref weights,
                ref Unsafe.Add(ref inputs, first * (nint)TNetwork.InputLength),
                ref Unsafe.Add(ref outputs, first * (nint)TNetwork.OutputLength),
                Math.Min(TNetwork.BatchSamples, count - first),
                ref scratch);
        }
    }

    private static void RunIn<TNetwork>(
        ref float weights, ref float inputs, ref float outputs, int count, ref byte arena, bool mayShare)
        where TNetwork : class, INetwork<TNetwork>
    {
        ref var scratch = ref Unsafe.As<byte, float>(ref arena);
        if (mayShare && SharedInference<TNetwork>.IsWanted)
            SharedInference<TNetwork>.Run(ref weights, ref inputs, ref outputs, ref scratch);
        else
            TNetwork.Run(ref weights, ref inputs, ref outputs, ref scratch);
        if (count == 1)
            return;

        // Code shared by all networks looks each of these up.
        nint inputLength = TNetwork.InputLength;
        nint outputLength = TNetwork.OutputLength;
        for (nint i = 1; i < count; i++)
        {
            TNetwork.Run(
                ref weights,
                ref Unsafe.Add(ref inputs, i * inputLength),
                ref Unsafe.Add(ref outputs, i * outputLength),
                ref scratch);
        }
    }

    /// <summary>One inference from bytes, which other threads may share.</summary>
    private static void RunBytes<TNetwork>(ref float weights, ref byte input, ref float output, ref float arena)
        where TNetwork : class, INetwork<TNetwork>
    {
        if (SharedInference<TNetwork>.IsWanted)
            SharedInference<TNetwork>.Run(ref weights, ref input, ref output, ref arena);
        else
            TNetwork.Run(ref weights, ref input, ref output, ref arena);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe int PredictOnStack<TNetwork>(ref float weights, ref float input, int bytes)
        where TNetwork : class, INetwork<TNetwork>
    {
        var memory = stackalloc byte[bytes + InferenceMemory.Alignment];
        return PredictIn<TNetwork>(ref weights, ref input, ref Unsafe.AsRef<byte>(InferenceMemory.Align(memory)));
    }

    private static int PredictIn<TNetwork>(ref float weights, ref float input, ref byte memory)
        where TNetwork : class, INetwork<TNetwork>
    {
        ref var output = ref Unsafe.As<byte, float>(ref Unsafe.Add(ref memory, InferenceMemory.Align(TNetwork.ArenaBytes)));
        RunIn<TNetwork>(ref weights, ref input, ref output, 1, ref memory, mayShare: true);
        return Outputs.Class(MemoryMarshal.CreateReadOnlySpan(ref output, TNetwork.MainOutputLength), TNetwork.Threshold);
    }
}
