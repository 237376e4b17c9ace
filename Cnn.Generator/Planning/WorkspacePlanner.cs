using System.Collections.Generic;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Scheduling;

namespace Cnn.Generator.Planning;

/// <summary>Where the tensors of a training program stand: shared ones at an offset, the others at an offset a sample.</summary>
/// <param name="Starts">For a shared tensor its offset in floats, else the start of its region in floats a sample.</param>
/// <param name="SharedFloats">The size of the shared part.</param>
/// <param name="SampleFloats">The size of all regions together, a sample.</param>
internal sealed record WorkspacePlan(EquatableArray<int> Starts, int SharedFloats, int SampleFloats);

/// <summary>Lays the workspace of training out, one tensor behind the other: what is zero at the beginning stays zero.</summary>
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
