using System.Collections.Generic;

namespace Cnn.Generator.Scheduling;

/// <summary>
/// The end of a backward pass. Its calls descend through the layers, after those that prepare. After the gradients of the lowest layer that is trained it
/// makes no more.
/// </summary>
internal static class BackwardEnd
{
    /// <summary>The bound before the first call: no layer has been asked about.</summary>
    public const int Unknown = int.MaxValue;

    /// <summary>
    /// The layer that a call asks about: it is made only where a layer below that is trained. Null where that is known already, or it only prepares.
    /// </summary>
    /// <param name="step">The call.</param>
    /// <param name="bound">The layer that the calls before it asked about last.</param>
    public static int? Question(TrainingStep step, int bound)
    {
        var end = step.IsForSource ? step.Step!.Node : step.Step!.Node + 1;
        return !step.Prepares && end < bound ? end : null;
    }

    /// <summary>The calls that follow each other and are made equally often.</summary>
    public static List<List<TrainingStep>> Runs(IEnumerable<TrainingStep> steps)
    {
        var runs = new List<List<TrainingStep>>();
        foreach (var step in steps)
        {
            if (runs.Count > 0 && runs[runs.Count - 1][0].Kind == step.Kind)
                runs[runs.Count - 1].Add(step);
            else
                runs.Add([step]);
        }

        return runs;
    }

    /// <summary>Which calls are made where a layer is the lowest that is trained.</summary>
    public static bool[] Made(IReadOnlyList<TrainingStep> backward, int lowest)
    {
        var made = new List<bool>();
        var (bound, hasEnded) = (Unknown, false);
        foreach (var run in Runs(backward))
        {
            if (run[0].Kind == StepKind.Exchange)
            {
                // A phase begins, which knows nothing of the one before it.
                run.ForEach(_ => made.Add(true));
                (bound, hasEnded) = (Unknown, false);
                continue;
            }

            var (own, ended) = (bound, hasEnded);
            foreach (var step in run)
            {
                if (!ended && Question(step, own) is { } end)
                {
                    own = end;
                    ended = lowest >= end;
                }

                made.Add(!ended);
            }

            // A loop over the samples goes on with the next one; what follows it asks again.
            if (run[0].Kind == StepKind.Batch)
                (bound, hasEnded) = (own, ended);
        }

        return [.. made];
    }
}
