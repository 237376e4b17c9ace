using System;
using System.Collections.Generic;
using System.Text;

namespace Cnn.Generator.Infrastructure;

/// <summary>Writes indented source, four spaces a level, lines ended by <c>\n</c> on every machine.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public CodeWriter Line(string line = "")
    {
        if (line.Length > 0)
            _text.Append(' ', _depth * 4).Append(line);
        _text.Append('\n');
        return this;
    }

    /// <summary>Writes a header and an opening brace; disposing the result closes it.</summary>
    public Scope Block(string header)
    {
        Line(header);
        return Open();
    }

    /// <summary>Writes an opening brace; disposing the result closes it.</summary>
    public Scope Open()
    {
        Line("{");
        _depth++;
        return new Scope(this);
    }

    /// <summary>Gets what was written, line by line.</summary>
    public IReadOnlyList<string> Lines => _text.ToString().TrimEnd('\n').Split('\n');

    public override string ToString() => _text.ToString();

    internal readonly struct Scope(CodeWriter writer) : IDisposable
    {
        public void Dispose()
        {
            writer._depth--;
            writer.Line("}");
        }
    }
}
