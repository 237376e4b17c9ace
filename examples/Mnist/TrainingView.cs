using System;
using System.Collections.Generic;
using Cnn;
using Spectre.Console;

namespace MnistExample;

/// <summary>Shows the training as it runs, one bar per epoch on a terminal and one line per epoch elsewhere, and keeps its curve.</summary>
internal sealed class TrainingView : IProgress<TrainingProgress>
{
    private const int StepsPerPoint = 25;

    private readonly ProgressContext? _bars;
    private ProgressTask? _bar;
    private TrainingProgress _lastPoint;

    private TrainingView(ProgressContext? bars) => _bars = bars;

    /// <summary>The loss over the training, each point the mean of the last 25 steps; x in epochs.</summary>
    public List<(double Epoch, double Loss)> Curve { get; } = [];

    /// <summary>Runs <paramref name="train"/> with a view on it.</summary>
    public static (TResult Result, TrainingView View) Run<TResult>(Func<TrainingView, TResult> train)
    {
        if (Console.IsOutputRedirected)
        {
            var view = new TrainingView(null);
            return (train(view), view);
        }

        return AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(bars =>
            {
                var view = new TrainingView(bars);
                return (train(view), view);
            });
    }

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        AddPoint(value);
        var text = $"epoch {value.Epoch}/{value.Epochs}  loss {value.Loss:F4}  accuracy {value.Accuracy:P2}"
            + $"  {value.SamplesPerSecond:N0} images/s";
        var epochEnds = value.Step == value.StepsPerEpoch;
        if (_bars is null)
        {
            if (epochEnds)
                Console.WriteLine(text);
            return;
        }

        _bar ??= _bars.AddTask(text, maxValue: value.StepsPerEpoch);
        _bar.Description = text;
        _bar.Value = value.Step;
        if (epochEnds)
            _bar = null;
    }

    /// <summary>The reports carry the epoch's running mean; the mean since the last point follows from two of them.</summary>
    private void AddPoint(TrainingProgress value)
    {
        var previous = _lastPoint.Epoch == value.Epoch ? _lastPoint : default;
        if (value.Step - previous.Step < StepsPerPoint)
            return;

        var loss = ((value.Loss * value.Step) - (previous.Loss * previous.Step)) / (value.Step - previous.Step);
        Curve.Add((value.Epoch - 1 + ((double)value.Step / value.StepsPerEpoch), loss));
        _lastPoint = value;
    }
}
