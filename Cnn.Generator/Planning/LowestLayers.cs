using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Scheduling;

namespace Cnn.Generator.Planning;

/// <summary>
/// Verifies the backward passes that end early because the lowest layers are not trained: each adds all gradients of the weights from its lowest layer
/// on, and makes every call whose result one that it makes reads.
/// </summary>
internal static class LowestLayers
{
    public static void Check(IReadOnlyList<TrainingStep> backward, ProgramFaults faults)
    {
        var before = MakersOf(backward);
        foreach (var lowest in backward.Where(AddsGradients).Select(step => step.Step!.Node).Distinct())
        {
            var made = BackwardEnd.Made(backward, lowest);
            for (var i = 0; i < backward.Count; i++)
            {
                if (backward[i].Step is not { } step)
                    continue;
                if (!made[i] && AddsGradients(backward[i]) && step.Node >= lowest)
                    faults.Add(step, "", $"is not made where layer {Text.Number(lowest)} is the lowest that is trained");
                else if (made[i] && before[i].Any(other => !made[other]))
                    faults.Add(step, "", $"reads what is not computed where layer {Text.Number(lowest)} is the lowest that is trained");
            }
        }
    }

    private static bool AddsGradients(TrainingStep step) => step.Step?.Written.Any(operand => operand.Kind == OperandKind.Gradients) == true;

    /// <summary>For each call those before it that wrote last what it reads.</summary>
    private static List<List<int>> MakersOf(IReadOnlyList<TrainingStep> backward)
    {
        var (last, makers) = (new Dictionary<int, int>(), new List<List<int>>());
        for (var i = 0; i < backward.Count; i++)
        {
            IEnumerable<Operand> read = backward[i].Step?.Read ?? [];
            makers.Add([.. read.Where(operand => operand.Kind == OperandKind.Tensor && last.ContainsKey(operand.Index)).Select(operand => last[operand.Index])]);
            foreach (var operand in backward[i].Step?.Written ?? [])
            {
                if (operand.Kind == OperandKind.Tensor)
                    last[operand.Index] = i;
            }
        }

        return makers;
    }
}
