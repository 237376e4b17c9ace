using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Schedules;

namespace Cnn.Generator.Scheduling;

/// <summary>The inference of several samples together: calls that each sample makes, and between them calls made once for all.</summary>
/// <param name="Samples">The most samples.</param>
/// <param name="Steps">The calls; those that only prepare come first.</param>
/// <param name="Tensors">Floats of each tensor, of one sample where it has its own.</param>
/// <param name="Own">The tensors of which each sample has its own.</param>
/// <param name="Kept">The tensors whose content all samples share.</param>
internal sealed record BatchProgram(
    int Samples, EquatableArray<BatchStep> Steps, EquatableArray<int> Tensors, EquatableArray<int> Own, EquatableArray<int> Kept);

/// <summary>A call of a batched inference, and whether each sample makes it.</summary>
internal sealed record BatchStep(Step Step, bool IsOfSample);

/// <summary>
/// Rewrites the inference of one sample as that of several, where it has dense layers whose weights are large: these become one matrix product each,
/// which reads its weights once for six samples. What depends on the weights alone is computed once. The result has the same bits.
/// </summary>
internal static class BatchScheduler
{
    /// <summary>The batched inference; null where there is nothing to gain, samples are too large, or threads share each inference.</summary>
    /// <param name="program">The inference of one sample.</param>
    /// <param name="inputs">Floats of its input.</param>
    /// <param name="outputs">Floats of its output.</param>
    public static BatchProgram? Run(InferenceProgram program, int inputs, int outputs)
    {
        if (program.IsShared || !program.Steps.Any(step => IsProduct(program, step)))
            return null;
        var own = OfEachSample(program, program.Steps.Where(step => !step.Kernel.IsConstant));
        var prepared = program.Steps.Where(step => step.Kernel.IsConstant && !own.Contains(step.Target.Index)).ToList();
        var isPrepared = new HashSet<Step>(prepared);
        var computed = program.Steps.Where(step => !isPrepared.Contains(step)).ToList();
        var tensors = program.Tensors.Select(layout => layout.Length).ToList();
        foreach (var step in computed.Where(step => IsProduct(program, step) && step.Target.Kind == OperandKind.Tensor))
            tensors[step.Target.Index] = Dense(step.Kernel)!.Value.Packing.Pitch;
        var floats = Math.Max(1, own.Sum(tensor => (long)tensors[tensor]));
        if (floats > BatchThresholds.LargestSample)
            return null;
        var samples = Math.Max(DenseThresholds.Samples, Math.Min(BatchThresholds.MostSamples, BatchThresholds.MostFloats / (int)floats / DenseThresholds.Samples * DenseThresholds.Samples));
        var steps = prepared.Concat(computed).Select(step => IsProduct(program, step)
            ? new BatchStep(Product(step, Pitch(step.Source), Pitch(step.Target)), IsOfSample: false)
            : new BatchStep(step, IsOfSample: !isPrepared.Contains(step)));
        return new BatchProgram(
            samples,
            steps.ToEquatableArray(),
            tensors.ToEquatableArray(),
            own.ToEquatableArray(),
            prepared.Select(step => step.Target.Index).Distinct().ToEquatableArray());

        int Pitch(Operand operand) => operand.Kind switch
        {
            OperandKind.Input => inputs,
            OperandKind.Output => outputs,
            _ => tensors[operand.Index],
        };
    }

    /// <summary>Whether a step becomes a product: its result has a place of its own, so that whole vectors of it can be written.</summary>
    private static bool IsProduct(InferenceProgram program, Step step) =>
        Dense(step.Kernel) is var (packing, _)
        && packing.Inputs * packing.Pitch >= BatchThresholds.LargeWeights
        && (step.Target is not { Kind: OperandKind.Tensor } target || program.Tensors[target.Index].Length == packing.Outputs);

    /// <summary>The dense layer that a kernel is whose sums are those of a product.</summary>
    private static (DensePacking Packing, Epilogue Epilogue)? Dense(Kernel kernel) => kernel switch
    {
        DenseKernel { SumsInOrder: true } dense => (dense.Packing, dense.Epilogue),
        DenseBlocksKernel dense => (dense.Packing, dense.Epilogue),
        _ => null,
    };

    private static Step Product(Step step, int sourcePitch, int targetPitch)
    {
        var (packing, epilogue) = Dense(step.Kernel)!.Value;
        return step with { Name = step.Name + "Batch", Kernel = DenseBatchKernel.Of(packing, sourcePitch, targetPitch, epilogue) };
    }

    /// <summary>The tensors that outlive a run of calls of one sample.</summary>
    private static SortedSet<int> OfEachSample(InferenceProgram program, IEnumerable<Step> steps)
    {
        var runs = new Dictionary<int, int>();
        var own = new SortedSet<int>();
        var run = 0;
        foreach (var step in steps)
        {
            var isProduct = IsProduct(program, step);
            run += isProduct ? 1 : 0;
            foreach (var tensor in step.Tensors)
            {
                if (isProduct || (runs.TryGetValue(tensor, out var other) && other != run))
                    own.Add(tensor);
                runs[tensor] = run;
            }

            run += isProduct ? 1 : 0;
        }

        return own;
    }
}
