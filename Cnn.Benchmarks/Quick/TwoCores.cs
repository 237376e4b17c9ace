using System;
using System.Threading;

namespace Cnn.Benchmarks.Quick;

/// <summary>
/// The gain of a second thread on this machine at this moment. On a virtual machine two processors may at times be two threads of one core,
/// and then no program is faster on both.
/// </summary>
internal sealed class TwoCores : IDisposable
{
    private const int Samples = 20;

    private readonly ManualResetEventSlim _begin = new();
    private readonly Thread _other;
    private volatile bool _works;
    private volatile bool _started;
    private volatile bool _ends;

    /// <summary>Starts the other thread, which sleeps between samples.</summary>
    public TwoCores()
    {
        _other = new Thread(Work) { IsBackground = true };
        _other.Start();
    }

    /// <summary>How much multiply-adds two threads do, in multiples of what one does: 1 to 2.</summary>
    public double Sample()
    {
        var alone = Rate();
        _works = true;
        _begin.Set();
        while (!_started)
            Thread.SpinWait(10);
        var beside = Rate();
        _works = false;
        while (_started)
            Thread.SpinWait(10);
        return 2 * beside / alone;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ends = true;
        _begin.Set();
        _other.Join();
        _begin.Dispose();
    }

    private static double Rate()
    {
        var sum = 0.0;
        for (var i = 0; i < Samples; i++)
            sum += FmaPeak.Sample();
        return sum / Samples;
    }

    private void Work()
    {
        while (true)
        {
            _begin.Wait();
            if (_ends)
                return;
            _started = true;
            while (_works)
                FmaPeak.Sample();
            _begin.Reset();
            _started = false;
        }
    }
}
