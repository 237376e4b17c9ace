using Cnn.Generator.Graph;
using Cnn.Generator.Passes;
using Cnn.Generator.Planning;
using Cnn.Generator.Scheduling;

namespace Cnn.Generator.Emission;

/// <summary>The stages behind the checks, in order: simplify, choose kernels, schedule inference, plan its arena, differentiate and schedule training.</summary>
internal static class Backend
{
    public static CompiledNetwork Compile(Network declared)
    {
        var commuted = CommuteActivation.Run(declared);
        var inference = FuseEpilogue.Run(DropIdentity.Run(commuted), fusePooling: true);
        var choices = KernelChoices.Make(inference);
        var program = InferenceScheduler.Run(inference, choices, declared.Nodes.Count);
        var arena = ArenaPlanner.Plan(program);
        var training = TrainingScheduler.Run(FuseEpilogue.Run(commuted, fusePooling: false), choices);
        return new CompiledNetwork(declared, choices, program, arena, training);
    }
}
