using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>
/// A dense layer for one sample whose weights come from far and lie in blocks of outputs: each block is one run of memory, read from its beginning to its
/// end. Of rows that a sweep would read in part, each page would be found anew for every part.
/// </summary>
internal sealed record DenseBlocksKernel(DensePacking Packing, Epilogue Epilogue) : Kernel
{
    protected override EquatableArray<Parameter> State() => Packing.OfSample;

    public override bool CanShare => true;

    public override bool HasWide(int part) => true;

    public override string Reason =>
        $"{Packing.Outputs} outputs in blocks of {Packing.Block}, whose weights lie one behind the other: one sweep over {Packing.Inputs} inputs a block";

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        // In vectors of 128 bits a block is two turns.
        var vectors = Packing.Block / width.Lanes;
        var (fits, halves) = (DenseSchedule.Accumulators(width), vectors > DenseThresholds.MostVectors ? 2 : 1);
        foreach (var run in Tiling.Cut(Packing.BlockCount, Math.Max(1, fits / vectors)))
        {
            var (scope, block) = Loop(body, "block", run.Count, IsShared);
            using (scope)
            {
                var (halfScope, half) = Loop(body, "half", halves);
                using (halfScope)
                    EmitBlocks(body, width, run, block, half, vectors / halves);
            }
        }
    }

    /// <summary>Some blocks together, or half of one.</summary>
    private void EmitBlocks(KernelBody body, VectorWidth width, TileRun run, string block, string half, int vectors)
    {
        var (size, lanes) = (Packing.Block, vectors * width.Lanes);
        var sums = Enumerable.Range(0, run.Size * vectors).Select(q => (
            Name: "a" + Text.Number(q),
            Output: (q / vectors * size) + (q % vectors * width.Lanes),
            Weight: (q / vectors * size * Packing.Inputs) + (q % vectors * width.Lanes))).ToList();
        foreach (var sum in sums)
        {
            var offset = Distance(Packing.BiasOffset + (run.Start * size) + sum.Output, (block, run.Size * size), (half, lanes));
            body.Declare(width.Local, sum.Name, Packing.HasBias ? width.LoadAt("weights", offset) : width.Zero);
        }

        body.Declare(width.Local, "v");
        body.Refer("s", new Place("source", 0));
        body.Add(Declare("w", "weights", run.Start * size * Packing.Inputs, (block, run.Size * size * Packing.Inputs), (half, lanes)));
        using (body.For("i", Packing.Inputs))
        {
            body.Add(new Broadcast("v", width.Broadcast("s", 0)));
            foreach (var sum in sums)
                body.Add(width.Accumulate("v", width.Load("w", sum.Weight), sum.Name));
            body.Advance("s", 1);
            body.Advance("w", size);
        }

        body.Add(Declare("t", "target", run.Start * size, (block, run.Size * size), (half, lanes)));
        EmitStores(body, width, run, block, half, lanes, sums.ConvertAll(sum => (sum.Name, sum.Output)));
    }

    /// <summary>Stores the sums: what the last block has no outputs for only of those before it.</summary>
    private void EmitStores(
        KernelBody body, VectorWidth width, TileRun run, string block, string half, int lanes, IReadOnlyList<(string Name, int Output)> sums)
    {
        var live = run.Start + (run.Count * run.Size) == Packing.BlockCount
            ? Packing.Outputs - ((Packing.BlockCount - run.Size) * Packing.Block)
            : run.Size * Packing.Block;
        var (halves, partial) = (half.Length == 0 ? 1 : 2, new List<(string Name, int Output)>());
        foreach (var sum in sums)
        {
            if (live - ((halves - 1) * lanes) - sum.Output < width.Lanes)
                partial.Add(sum);
            else
                EmitStore(body, width, sum, width.Lanes);
        }

        for (var h = 0; h < halves && partial.Count > 0; h++)
        {
            using var scope = Open((block, "==", run.Count - 1), (half, "==", h));
            foreach (var sum in partial)
                EmitStore(body, width, sum, Math.Min(width.Lanes, live - (h * lanes) - sum.Output));
        }

        if (partial.Count == 0 || block.Length == 0)
            return;
        using var others = Open((block, "<", run.Count - 1));
        foreach (var sum in partial)
            EmitStore(body, width, sum, width.Lanes);

        KernelBody.Scope Open(params (string Index, string Comparison, int Value)[] terms)
        {
            var conditions = terms.Where(term => term.Index.Length > 0).Select(term => $"{term.Index} {term.Comparison} {Text.Number(term.Value)}").ToList();
            return conditions.Count == 0 ? body.Open() : body.If(string.Join(" && ", conditions));
        }
    }

    private void EmitStore(KernelBody body, VectorWidth width, (string Name, int Output) sum, int live)
    {
        if (live <= 0)
            return;
        foreach (var statement in LaneStore.Statements(width, Epilogue.Activate(width, sum.Name), "v", "t", sum.Output, live))
            body.Add(statement);
    }
}
