using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Tests.Kernels;

/// <summary>The arguments of a kernel: for each parameter a buffer larger than the region on both sides.</summary>
internal sealed class KernelMemory
{
    public const int Samples = 2;

    /// <summary>Floats on both sides of a region: more than small kernels reach that state one too small.</summary>
    private const int Margin = 1024;

    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly int[] _starts;
    private readonly float[][] _floats;
    private readonly byte[][] _bytes;
    private readonly bool[][] _isInside;

    /// <param name="kernel">The kernel.</param>
    /// <param name="seed">From which the numbers are drawn.</param>
    public KernelMemory(Kernel kernel, int seed)
    {
        _parameters = [.. kernel.Parameters.Where(parameter => parameter.IsReference)];
        _starts = [.. _parameters.Select(parameter => Margin - (parameter.Region.IsEmpty ? 0 : Math.Min(0, parameter.Region.First)))];
        _isInside = [.. _parameters.Select(Inside)];
        var random = new Random(seed);
        _floats = [.. _isInside.Select(places => places.Select(_ => (random.NextSingle() * 4) - 2).ToArray())];
        _bytes = [.. _isInside.Select(places => places.Select(_ => (byte)random.Next(256)).ToArray())];
    }

    private KernelMemory(KernelMemory other)
    {
        (_parameters, _starts, _isInside) = (other._parameters, other._starts, other._isInside);
        (_floats, _bytes) = ([.. other._floats.Select(buffer => buffer.ToArray())], [.. other._bytes.Select(buffer => buffer.ToArray())]);
    }

    /// <summary>Gets the parameters that are references.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    public KernelMemory Copy() => new(this);

    /// <summary>Replaces what a kernel must not depend on: floats beside the regions, and those that it writes before it reads them.</summary>
    public KernelMemory Spoil(float value)
    {
        Fill((parameter, isInside) => !isInside || parameter.Role is Role.Writes or Role.Scratch, _ => value);
        return this;
    }

    /// <summary>Replaces the floats of one box of a region by NaN, and its bytes by others.</summary>
    public KernelMemory Spoil(int parameter, Box box)
    {
        foreach (var (start, length) in box.Runs())
        {
            for (var i = _starts[parameter] + start; i < _starts[parameter] + start + length; i++)
                (_floats[parameter][i], _bytes[parameter][i]) = (float.NaN, (byte)~_bytes[parameter][i]);
        }

        return this;
    }

    /// <summary>Hands one parameter the buffer of another.</summary>
    public void Share(int parameter, int with) => (_floats[parameter], _starts[parameter]) = (_floats[with], _starts[with]);

    public KernelMemory Run(KernelCall call)
    {
        call(_floats, _bytes, _starts, Samples);
        return this;
    }

    /// <summary>Whether a float of a buffer belongs to its region.</summary>
    public bool IsInside(int parameter, int place) => _isInside[parameter][place];

    /// <summary>The places of a buffer whose numbers differ from those of another memory.</summary>
    public IEnumerable<int> Differing(KernelMemory other, int parameter) => Enumerable.Range(0, _floats[parameter].Length).Where(i =>
        _parameters[parameter].Type == ElementType.UInt8
            ? _bytes[parameter][i] != other._bytes[parameter][i]
            : !_floats[parameter][i].Equals(other._floats[parameter][i]));

    /// <summary>The place in a buffer as it is counted from the reference.</summary>
    public int FromReference(int parameter, int place) => place - _starts[parameter];

    private void Fill(Func<Parameter, bool, bool> isChosen, Func<int, float> value)
    {
        for (var p = 0; p < _parameters.Count; p++)
        {
            for (var i = 0; i < _isInside[p].Length; i++)
            {
                if (isChosen(_parameters[p], _isInside[p][i]))
                    (_floats[p][i], _bytes[p][i]) = (value(i), (byte)~_bytes[p][i]);
            }
        }
    }

    private bool[] Inside(Parameter parameter, int index)
    {
        var start = _starts[index];
        if (parameter.Region.IsEmpty)
            return new bool[start + Margin];
        var (first, end) = (start, start + parameter.Region.And(parameter.Cleared).End + ((Samples - 1) * parameter.Pitch));
        var isInside = new bool[end + Margin];
        for (var sample = 0; sample < (parameter.Pitch == 0 ? 1 : Samples); sample++)
        {
            foreach (var (run, length) in parameter.Region.And(parameter.Cleared).Runs())
                Array.Fill(isInside, true, first + run + (sample * parameter.Pitch), length);
        }

        return isInside;
    }
}
