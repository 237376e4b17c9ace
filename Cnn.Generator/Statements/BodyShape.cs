using System.Collections.Generic;
using System.Linq;

namespace Cnn.Generator.Statements;

/// <summary>A free number of a body.</summary>
/// <param name="Value">The number.</param>
/// <param name="IsInner">Whether an innermost loop needs it, so that nothing may be computed from it.</param>
internal readonly record struct FreeNumber(int Value, bool IsInner);

/// <summary>A body without its free numbers, see <see cref="NumberWalk"/>: bodies of one shape are one text, given their numbers.</summary>
internal sealed class BodyShape
{
    private readonly List<string> _words = [];
    private readonly List<int> _fixed = [];
    private readonly List<FreeNumber> _numbers = [];

    private BodyShape()
    {
    }

    /// <summary>Gets the free numbers, in order.</summary>
    public IReadOnlyList<FreeNumber> Numbers => _numbers;

    /// <summary>Gets a number that bodies of one shape share.</summary>
    public int Hash { get; private set; }

    /// <summary>The shape of a body.</summary>
    public static BodyShape Of(IReadOnlyList<Statement> statements)
    {
        var shape = new BodyShape();
        new Reader(shape).Read(statements);
        return shape;
    }

    /// <summary>The body with numbers that are multiples of parameters.</summary>
    /// <param name="statements">The body.</param>
    /// <param name="multiples">The text that replaces each of its free numbers, in order; null if the number stays.</param>
    public static IReadOnlyList<Statement> Replace(IReadOnlyList<Statement> statements, IReadOnlyList<Multiple?> multiples) =>
        new Writer(multiples).Write(statements);

    /// <summary>Whether two bodies differ in free numbers alone.</summary>
    public bool Matches(BodyShape other) => Hash == other.Hash && _numbers.Count == other._numbers.Count
        && _fixed.SequenceEqual(other._fixed) && _words.SequenceEqual(other._words);

    private sealed class Reader(BodyShape shape) : NumberWalk(isReading: true)
    {
        public void Read(IReadOnlyList<Statement> statements) => Walk(statements, isInnermost: false);

        protected override void Word(string word)
        {
            shape._words.Add(word);
            Mix(word.GetHashCode());
        }

        protected override void Fixed(int number)
        {
            shape._fixed.Add(number);
            Mix(number);
        }

        protected override Multiple? Free(int number, bool isInner)
        {
            shape._numbers.Add(new FreeNumber(number, isInner));
            return null;
        }

        private void Mix(int value) => shape.Hash = unchecked((shape.Hash * 31) + value);
    }

    private sealed class Writer(IReadOnlyList<Multiple?> multiples) : NumberWalk(isReading: false)
    {
        private int _position;

        public IReadOnlyList<Statement> Write(IReadOnlyList<Statement> statements) => Walk(statements, isInnermost: false);

        protected override void Word(string word)
        {
        }

        protected override void Fixed(int number)
        {
        }

        protected override Multiple? Free(int number, bool isInner) => multiples[_position++];
    }
}
