using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Planning;

/// <summary>
/// Makes the calls of a program in traced memory, without their arithmetic: each reads floats that hold what it wants, and leaves its mark in those
/// that it writes. Each fault becomes a sentence.
/// </summary>
/// <param name="memory">The memory.</param>
/// <param name="bufferOf">The buffer of an operand, as a call of a node sees it.</param>
/// <param name="makers">The nodes whose values another may read.</param>
/// <param name="samples">The samples of a batch.</param>
/// <param name="faults">Receives the sentences.</param>
internal sealed class CallVerifier(
    TracedMemory memory, Func<Operand, int, TracedBuffer> bufferOf, ValueMakers makers, int samples, ProgramFaults faults)
{
    /// <summary>The most parameters of a kernel.</summary>
    private const int Most = 16;

    private readonly Dictionary<int, HashSet<Maker>> _readBy = [];
    private int _call;

    /// <summary>The floats that a call reads through a parameter, and those of them that a call has written.</summary>
    private (int All, int Written) _read;

    /// <summary>Makes a call.</summary>
    /// <param name="step">The call.</param>
    /// <param name="isBackward">Whether it is a part of the backward pass.</param>
    /// <param name="sample">The sample that it serves; <see cref="TracedMemory.AllSamples"/> where it is made once for all.</param>
    /// <param name="isBeside">Whether threads may make it while the call before it is made.</param>
    public void Make(Step step, bool isBackward, int sample, bool isBeside = false)
    {
        var misfits = step.Misfits.ToList();
        misfits.ForEach(misfit => faults.Add(step, misfit.Parameter, misfit.Text));
        if (misfits.Count > 0)
            return;
        var (before, call) = (isBeside ? _call : -1, ++_call);
        var arguments = step.Arguments.Select((argument, index) => new Handed(step, argument, (call * Most) + index, before, sample)).ToList();
        var isSum = step.Kernel is AddToKernel;
        var readable = makers.Readable(new Maker(step.Node, isBackward), isSum);
        var copied = ValueMakers.Copies(step) ? new HashSet<Maker>() : null;
        foreach (var argument in arguments.Where(argument => argument.Parameter.IsRead))
        {
            _read = (0, 0);
            Walk(argument, argument.Parameter.Region, (buffer, of, first, end) => Read(argument, buffer, of, first, end, readable, copied));
            if (_read is { All: > 0, Written: 0 } && argument.Parameter.Role == Role.Weights)
                faults.Add(step, argument.Parameter.Name, "reads weights that nothing has written");
        }

        EquatableArray<Maker> written = ValueMakers.Fills(step) ? []
            : copied is null ? [new Maker(step.Node, isBackward)]
            : copied.OrderBy(maker => maker.Node).ThenBy(maker => maker.IsBackward).ToEquatableArray();
        foreach (var argument in arguments.Where(argument => argument.Parameter.IsWritten))
        {
            var kind = argument.Parameter.Role == Role.Scratch ? ContentKind.Scratch : ValueMakers.Fills(step) ? ContentKind.Fill : ContentKind.Value;
            var fill = new Content(0, 0, ContentKind.Fill, []);
            Walk(argument, argument.Parameter.Cleared, (buffer, of, first, end) =>
                Write(argument, buffer, memory.NumberOf(fill with { Buffer = buffer.Key, Sample = of }), first, end, [argument.Mark]));
            var places = argument.Parameter.IsInPlace ? arguments.Where(argument.TakesThePlaceOf).Select(other => other.Mark).ToList() : [argument.Mark];
            Walk(argument, argument.Parameter.Region, (buffer, of, first, end) =>
                Write(argument, buffer, memory.NumberOf(new Content(buffer.Key, of, kind, kind == ContentKind.Scratch ? [] : written)), first, end, places));
        }
    }

    /// <summary>Each node of the forward pass that computes something has read all of its sources.</summary>
    public void CheckSources(Network network)
    {
        if (!memory.IsComplete)
            return;
        foreach (var node in network.Nodes.Where(node => makers.OfValue(node.Name).Contains(new Maker(node.Source, false))))
        {
            foreach (var source in node.Sources.Where(source => !ReadBy(node.Source).Overlaps(makers.OfValue(source))))
                faults.Add($"{node.Name} never reads {source}");
        }
    }

    private HashSet<Maker> ReadBy(int node)
    {
        if (!_readBy.TryGetValue(node, out var read))
            _readBy.Add(node, read = []);
        return read;
    }

    /// <summary>Walks the traced floats that a call reaches through a parameter, of each sample.</summary>
    private void Walk(Handed argument, Region region, Action<TracedBuffer, int, int, int> body)
    {
        var (parameter, operand) = (argument.Parameter, argument.Operand);
        if (region.IsEmpty)
            return;
        var buffer = bufferOf(operand, argument.Step.Node);
        if (operand.Offset + region.First < buffer.First || operand.Offset + region.End > buffer.End)
        {
            faults.Add(argument.Step, parameter.Name, $"reaches from {Text.Number(operand.Offset + region.First)} to "
                + $"{Text.Number(operand.Offset + region.End)} in {buffer.Name}, which has {Text.Number(buffer.First)} to {Text.Number(buffer.End)}");
            return;
        }

        if (argument.Sample == TracedMemory.AllSamples && parameter.Pitch != buffer.Pitch)
        {
            faults.Add(argument.Step, parameter.Name, $"takes samples {Text.Number(parameter.Pitch)} apart of {buffer.Name}, whose are "
                + $"{Text.Number(buffer.Pitch)} apart");
            return;
        }

        if (buffer.Start < 0)
            return;
        var isOfAll = argument.Sample == TracedMemory.AllSamples && buffer.Pitch != 0;
        for (var sample = isOfAll ? 0 : argument.Sample; sample < (isOfAll ? samples : argument.Sample + 1); sample++)
        {
            var start = buffer.Start + (Math.Max(0, sample) * buffer.Pitch) + operand.Offset;
            foreach (var (first, length) in region.Runs())
            {
                var (from, to) = memory.CellsOf(start + first, length);
                if (from < to)
                    body(buffer, sample, from, to);
            }
        }
    }

    private void Read(
        Handed argument, TracedBuffer buffer, int sample, int first, int end, HashSet<Maker> readable, HashSet<Maker>? copied)
    {
        var start = buffer.Start + (Math.Max(0, sample) * buffer.Pitch);
        var checkedNumber = -1;
        for (var cell = first; cell < end; cell++)
        {
            _read.All++;
            memory.MarkRead(cell, argument.Mark);
            if (argument.Before > 0 && memory.WriteMark(cell) / Most == argument.Before)
                faults.Add(argument.Step, argument.Parameter.Name, $"reads what the call before it may still write in {buffer.Name}");
            var number = memory.NumberAt(cell);
            var content = memory.ContentOf(number);
            if (content.Kind is ContentKind.Nothing)
            {
                // The padding of weights to whole vectors is multiplied into lanes that are not stored.
                var mayBeEmpty = argument.Parameter.Role == Role.Weights
                    || (memory.IsZero && (buffer.Layout is null || !buffer.Layout.Contains(memory.FloatOf(cell) - start)));
                if (!mayBeEmpty)
                    faults.Add(argument.Step, argument.Parameter.Name, $"reads {buffer.Name} where nothing has written");
                continue;
            }

            _read.Written++;
            if (content.Buffer == buffer.Key && content.Kind == ContentKind.Value
                && buffer.Layout is { HasBorder: true } layout && !layout.Contains(memory.FloatOf(cell) - start))
            {
                faults.Add(argument.Step, argument.Parameter.Name, $"reads a border of {buffer.Name} that holds a value of {faults.Describe(content)}");
            }

            if (number == checkedNumber)
                continue;
            var isPadding = buffer.Layout is { } padded && !padded.Contains(memory.FloatOf(cell) - start);
            checkedNumber = isPadding ? -1 : number;
            if (content.Buffer != buffer.Key)
                faults.Add(argument.Step, argument.Parameter.Name, $"reads {buffer.Name}, in whose place now stands {faults.NameOf(content.Buffer)}");
            else if (content.Kind == ContentKind.Scratch)
                faults.Add(argument.Step, argument.Parameter.Name, $"reads the scratch memory of another call in {buffer.Name}");
            else if (content.Sample != TracedMemory.AllSamples && content.Sample != sample)
                faults.Add(argument.Step, argument.Parameter.Name, $"reads what another sample has left in {buffer.Name}");
            else if (copied is not null)
                copied.UnionWith(content.Makers);
            else if (!isPadding && !readable.IsSupersetOf(content.Makers))
                faults.Add(argument.Step, argument.Parameter.Name, $"reads {buffer.Name}, which now holds a value of {faults.Describe(content)}");
            else if (!isPadding)
                ReadBy(argument.Step.Node).UnionWith(content.Makers);
        }
    }

    private void Write(Handed argument, TracedBuffer buffer, int content, int first, int end, List<int> places)
    {
        for (var cell = first; cell < end; cell++)
        {
            var (read, write) = (memory.ReadMark(cell), memory.WriteMark(cell));
            if (read / Most == argument.Mark / Most && read != argument.Mark && !places.Contains(read))
                faults.Add(argument.Step, argument.Parameter.Name, $"writes in {buffer.Name} what it still reads");
            if (write / Most == argument.Mark / Most && write != argument.Mark)
                faults.Add(argument.Step, argument.Parameter.Name, $"writes in {buffer.Name} what it writes through another parameter");
            if (argument.Before > 0 && (write / Most == argument.Before || read / Most == argument.Before))
                faults.Add(argument.Step, argument.Parameter.Name, $"writes what the call before it may still write in {buffer.Name}");
            memory.Set(cell, content);
            memory.MarkWrite(cell, argument.Mark);
        }
    }

    /// <summary>An argument of a call, with the mark that it leaves where it reads and writes.</summary>
    private sealed record Handed(Step Step, Argument Argument, int Mark, int Before, int Sample)
    {
        public Parameter Parameter => Argument.Parameter;

        public Operand Operand => Argument.Operand;

        /// <summary>Whether it is written over what another one reads, element by element.</summary>
        public bool TakesThePlaceOf(Handed other) =>
            other.Parameter.IsRead && other.Operand == Operand && other.Parameter.Region == Parameter.Region && other.Parameter.Pitch == Parameter.Pitch;
    }
}
