using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Planning;

/// <summary>A pass over one node: the forward pass or the backward pass.</summary>
/// <param name="Node">The number of the node; <see cref="Outside"/> for the caller.</param>
/// <param name="IsBackward">Which of the two.</param>
internal readonly record struct Maker(int Node, bool IsBackward)
{
    /// <summary>Stands for whoever calls the network: the maker of its input, and of the gradient of its output.</summary>
    public const int Outside = -1;
}

/// <summary>The content of a float, as far as the verifier knows it: its buffer, and the maker of its value.</summary>
/// <param name="Buffer">The buffer, by <see cref="TracedBuffer.Key"/>.</param>
/// <param name="Sample">The sample that owns it; <see cref="TracedMemory.AllSamples"/> if it serves all.</param>
/// <param name="Kind">The kind of content.</param>
/// <param name="Makers">The nodes that computed the value; a copy has the makers of what it copies.</param>
internal sealed record Content(int Buffer, int Sample, ContentKind Kind, EquatableArray<Maker> Makers);

/// <summary>The kind of content of a float.</summary>
internal enum ContentKind
{
    /// <summary>Nothing, or the zero of a workspace that has not been used.</summary>
    Nothing,

    /// <summary>A value.</summary>
    Value,

    /// <summary>A constant that fills a border.</summary>
    Fill,

    /// <summary>A remainder of a call in its scratch memory.</summary>
    Scratch,
}

/// <summary>The place of a buffer in traced memory.</summary>
/// <param name="Key">Its own number.</param>
/// <param name="Name">For messages.</param>
/// <param name="Start">The first float; -1 if its content is not traced.</param>
/// <param name="First">The first float that belongs to it, counted from <paramref name="Start"/>.</param>
/// <param name="End">The float after the last one, of one sample.</param>
/// <param name="Pitch">The stride of the samples in floats; 0 if the samples share it.</param>
/// <param name="Layout">The layout of a volume in it; null if it holds none.</param>
internal sealed record TracedBuffer(int Key, string Name, int Start, int First, int End, int Pitch, TensorLayout? Layout);

/// <summary>
/// The floats of a program, each with what stands there. In a large memory every n-th float is traced, n a prime, so that those of all rows and channels
/// are among them.
/// </summary>
internal sealed class TracedMemory(int floats, bool isZero)
{
    /// <summary>Stands for all samples.</summary>
    public const int AllSamples = -1;

    /// <summary>The most floats that are traced.</summary>
    private const int MostCells = 1 << 20;

    private static readonly int[] Primes = [1, 2, 3, 5, 7, 11, 17, 29, 53, 101, 211, 401, 809, 1601, 3203];

    private readonly List<Content> _contents = [new Content(int.MinValue, AllSamples, ContentKind.Nothing, [])];
    private readonly Dictionary<Content, int> _numbers = [];
    private readonly int _step = Primes.FirstOrDefault(prime => floats / prime < MostCells) is var prime and > 0 ? prime : Primes[Primes.Length - 1];
    private int[]? _cells;
    private int[]? _reads;
    private int[]? _writes;

    /// <summary>Gets a value indicating whether all of it is zero in the beginning; else it holds anything.</summary>
    public bool IsZero => isZero;

    /// <summary>Gets a value indicating whether every float is traced.</summary>
    public bool IsComplete => _step == 1;

    /// <summary>Gets the content of a float by its cell.</summary>
    public Content this[int cell] => _contents[Cells[cell]];

    private int[] Cells => _cells ??= new int[(floats / _step) + 1];

    private int[] ReadMarks => _reads ??= new int[(floats / _step) + 1];

    private int[] WriteMarks => _writes ??= new int[(floats / _step) + 1];

    /// <summary>The cells of those floats of a run that are traced.</summary>
    public (int First, int End) CellsOf(int start, int length) => ((start + _step - 1) / _step, ((start + length - 1) / _step) + 1);

    /// <summary>The float of a cell.</summary>
    public int FloatOf(int cell) => cell * _step;

    /// <summary>The number of a content, the same for equal ones.</summary>
    public int NumberOf(Content content)
    {
        if (!_numbers.TryGetValue(content, out var number))
        {
            number = _contents.Count;
            _numbers.Add(content, number);
            _contents.Add(content);
        }

        return number;
    }

    /// <summary>The number of the content of a cell.</summary>
    public int NumberAt(int cell) => Cells[cell];

    /// <summary>The content of a number.</summary>
    public Content ContentOf(int number) => _contents[number];

    public void Set(int cell, int number) => Cells[cell] = number;

    /// <summary>The mark that the last read of a cell has left.</summary>
    public int ReadMark(int cell) => ReadMarks[cell];

    /// <summary>The mark that the last write to a cell has left.</summary>
    public int WriteMark(int cell) => WriteMarks[cell];

    public void MarkRead(int cell, int mark) => ReadMarks[cell] = mark;

    public void MarkWrite(int cell, int mark) => WriteMarks[cell] = mark;
}
