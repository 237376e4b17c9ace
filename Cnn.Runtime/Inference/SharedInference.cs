using System;
using System.Runtime.CompilerServices;

namespace Cnn;

/// <summary>One inference that several threads share. Each calling thread keeps one of these, so that a call allocates nothing.</summary>
internal sealed unsafe class SharedInference<TNetwork> : IForkJoinWork
    where TNetwork : class, INetwork<TNetwork>
{
    [ThreadStatic]
    private static SharedInference<TNetwork>? _ofThisThread;

    private readonly SharedSteps _steps = new();
    private float* _weights;
    private void* _input;
    private float* _output;
    private float* _arena;
    private bool _isBytes;

    /// <summary>Whether an inference is shared by more than one thread now.</summary>
    public static bool IsWanted => TNetwork.IsShared && InferenceThreads.Limit > 1;

    /// <summary>One inference from numbers or bytes; everything is pinned until it has ended.</summary>
    public static void Run<TInput>(ref float weights, ref TInput input, ref float output, ref float arena)
        where TInput : unmanaged
    {
        var work = _ofThisThread ??= new SharedInference<TNetwork>();
        var threads = InferenceThreads.Limit;
        fixed (float* first = &weights, to = &output, memory = &arena)
        {
            fixed (TInput* from = &input)
            {
                work._weights = first;
                work._input = from;
                work._output = to;
                work._arena = memory;
                work._isBytes = typeof(TInput) == typeof(byte);
                work._steps.Reset(threads);
                ForkJoin.Run(work, threads);
            }
        }
    }

    /// <inheritdoc/>
    public void Execute(int part)
    {
        var turns = new Turns(_steps, part);
        ref var weights = ref Unsafe.AsRef<float>(_weights);
        ref var output = ref Unsafe.AsRef<float>(_output);
        ref var arena = ref Unsafe.AsRef<float>(_arena);
        try
        {
            if (_isBytes)
                TNetwork.Run(ref turns, ref weights, ref Unsafe.AsRef<byte>(_input), ref output, ref arena);
            else
                TNetwork.Run(ref turns, ref weights, ref Unsafe.AsRef<float>(_input), ref output, ref arena);
        }
        catch (Exception exception)
        {
            _steps.Fail(exception);
            throw;
        }
    }
}
