using System.Collections.Generic;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Scheduling;

namespace Cnn.Generator.Planning;

/// <summary>The places of the tensors of a training program: shared ones at an offset, the others at an offset per sample.</summary>
/// <param name="Starts">For a shared tensor its offset in floats, else the start of its region in floats per sample.</param>
/// <param name="SharedFloats">The size of the shared part.</param>
/// <param name="SampleFloats">The size of all regions together, per sample.</param>
internal sealed record WorkspacePlan(EquatableArray<int> Starts, int SharedFloats, int SampleFloats);

/// <summary>Lays out the workspace of training, one tensor after the other: borders that are zero at the beginning stay zero.</summary>
internal static class WorkspacePlanner
{
    public static WorkspacePlan Plan(TrainingProgram program)
    {
        var starts = new List<int>();
        var shared = 0;
        var sample = 0;
        foreach (var tensor in program.Tensors)
        {
            starts.Add(tensor.PerSample ? sample : shared);
            if (tensor.PerSample)
                sample += tensor.Floats;
            else
                shared += tensor.Floats;
        }

        return new WorkspacePlan(starts.ToEquatableArray(), shared, sample);
    }
}
