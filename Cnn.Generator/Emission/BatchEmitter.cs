using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Planning;
using Cnn.Generator.Scheduling;

namespace Cnn.Generator.Emission;

/// <summary>Prints the inference of several samples: loops over the samples, and between them the products of all.</summary>
internal sealed class BatchEmitter(CodeWriter writer, KernelTable table, CompiledNetwork network, BatchInference batch)
{
    private readonly HashSet<int> _own = [.. batch.Program.Own];

    public void Emit()
    {
        using (writer.Block("internal static void RunBatch(ref float weights, ref float inputs, ref float outputs, int count, ref float arena)"))
        {
            var steps = batch.Program.Steps;
            for (var i = 0; i < steps.Count;)
            {
                var run = new List<BatchStep>();
                for (var next = i; next < steps.Count && steps[next].IsOfSample == steps[i].IsOfSample; next++)
                    run.Add(steps[next]);
                if (steps[i].IsOfSample)
                {
                    using (writer.Block("for (nint n = 0; n < count; n++)"))
                        EmitRun(run);
                }
                else
                {
                    EmitRun(run);
                }

                i += run.Count;
            }
        }
    }

    private void EmitRun(List<BatchStep> run)
    {
        foreach (var (step, isOfSample) in run.Select(one => (one.Step, one.IsOfSample)))
        {
            writer.Line("// " + step.Comment);
            CallEmitter.Emit(writer, table, step, operand => Operand(operand, isOfSample), "", "count");
        }
    }

    private string Operand(Operand operand, bool isOfSample)
    {
        var (name, offset, length) = operand.Kind switch
        {
            OperandKind.Input => ("inputs", operand.Offset, network.Declared.Input.Length),
            OperandKind.Output => ("outputs", operand.Offset, network.Declared.Output.Length),
            OperandKind.Weights => ("weights", operand.Offset, 0),
            _ => ("arena", batch.Arena.Offsets[operand.Index] + operand.Offset, _own.Contains(operand.Index) ? batch.Program.Tensors[operand.Index] : 0),
        };
        return Kernel.PlaceOf(name, offset, isOfSample ? [("n", length)] : []).ToString();
    }
}
