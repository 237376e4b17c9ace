using System;
using System.Diagnostics;
using Cnn;

namespace NativeExample;

/// <summary>A prediction of a network.</summary>
internal delegate int Prediction(ReadOnlySpan<float> input);

/// <summary>A network that is timed. It predicts once as soon as it is there.</summary>
internal sealed class Subject
{
    private const int Calls = 2001;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    private readonly Prediction _predict;
    private readonly float[] _input;

    public Subject(string name, Prediction predict, int inputLength)
    {
        (Name, _predict, _input) = (name, predict, new float[inputLength]);
        var random = new Rng(1);
        foreach (ref var value in _input.AsSpan())
            value = random.NextFloat();
        _predict(_input);
        FirstDone = (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds;
    }

    public string Name { get; }

    /// <summary>Gets when the first prediction was there, in seconds since 1970.</summary>
    public double FirstDone { get; }

    /// <summary>The median time of many predictions, in microseconds.</summary>
    public double Median()
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < WarmUp;)
            _predict(_input);
        var ticks = new long[Calls];
        foreach (ref var elapsed in ticks.AsSpan())
        {
            var begin = Stopwatch.GetTimestamp();
            _predict(_input);
            elapsed = Stopwatch.GetTimestamp() - begin;
        }

        Array.Sort(ticks);
        return Stopwatch.GetElapsedTime(0, ticks[Calls / 2]).TotalMicroseconds;
    }
}
