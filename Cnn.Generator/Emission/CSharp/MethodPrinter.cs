using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Emission.CSharp;

/// <summary>
/// Prints the statements of a method in C#. Short statements of one kind stand side by side, as one reads them: the loads of weights, the
/// multiply-adds of one value, the stores of a tile, the steps of the references; locals of one type are declared together.
/// </summary>
internal sealed class MethodPrinter
{
    /// <summary>Columns of a line, its indentation within the method included.</summary>
    private const int Columns = 140;

    private readonly List<(int Depth, string Text)> _lines = [];
    private readonly int _indent;
    private Statement? _last;
    private int _depth;

    private MethodPrinter(int indent) => _indent = indent;

    /// <summary>Prints a body.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="statements">Its statements.</param>
    /// <param name="isHelper">
    /// Whether the method holds nothing else: its lines are counted with their indentation, and a scope at its end goes into the method.
    /// </param>
    public static void Print(CodeWriter writer, IReadOnlyList<Statement> statements, bool isHelper = false)
    {
        var printer = new MethodPrinter(isHelper ? 4 : 0);
        printer.Print(isHelper ? ScopeFolding.OfScope(statements) : ScopeFolding.OfMethod(statements));
        foreach (var (depth, text) in printer._lines)
            writer.Line(new string(' ', depth * 4) + text);
    }

    private void Print(IReadOnlyList<Statement> statements)
    {
        foreach (var statement in statements)
        {
            switch (statement)
            {
                case Block block:
                    Braced(block.Statements);
                    break;
                case Loop loop:
                    Head(StatementText.Of(loop.Head));
                    // A loop that holds another and nothing else needs no braces.
                    if (loop.Statements.Count == 1 && loop.Statements[0] is Loop)
                        Print(loop.Statements);
                    else if (loop.IsBrief)
                        _lines.Add((_depth + 1, StatementText.Of(loop.Statements[0])));
                    else
                        Braced(loop.Statements);
                    break;
                case Branch { IsBrief: true } brief:
                    Head($"if ({brief.Condition}) {StatementText.Of(brief.Statements[0])}");
                    break;
                case Branch branch:
                    Head($"if ({branch.Condition})");
                    Braced(branch.Statements);
                    break;
                case Otherwise otherwise:
                    Head("else");
                    Braced(otherwise.Statements);
                    break;
                default:
                    Plain(statement);
                    break;
            }
        }
    }

    private void Head(string text)
    {
        _lines.Add((_depth, text));
        _last = null;
    }

    private void Braced(IReadOnlyList<Statement> statements)
    {
        Head("{");
        _depth++;
        Print(statements);
        _depth--;
        Head("}");
    }

    private void Plain(Statement statement)
    {
        var last = _last;
        _last = statement is Row row ? row.Statements[row.Statements.Count - 1] : statement;
        if (Declarators(statement) is { } declared)
        {
            Declare(declared.Type, declared.Declarators, last is not null && Declarators(last)?.Type == declared.Type);
            return;
        }

        var text = StatementText.Of(statement);
        if (last is not null && IsBeside(last, _last) && Room(1 + text.Length))
            Append(" " + text);
        else
            _lines.Add((_depth, text));
    }

    /// <summary>Whether statements of these kinds are read side by side.</summary>
    private static bool IsBeside(Statement last, Statement next) => (last, next) switch
    {
        (Broadcast, MultiplyAdd or Accumulation) => true,
        (MultiplyAdd or Accumulation, MultiplyAdd or Accumulation) => true,
        (Load, Load) or (Store, Store) or (Fetch, Fetch) or (Advance, Advance) => true,
        _ => false,
    };

    /// <summary>Declares locals: in the last line where it declares some of the type, as long as it has room.</summary>
    private void Declare(string type, IEnumerable<string> declarators, bool isBelow)
    {
        if (!isBelow)
        {
            _lines.Add((_depth, type + string.Join(", ", declarators) + ";"));
            return;
        }

        foreach (var declarator in declarators)
        {
            if (Room(2 + declarator.Length))
                _lines[_lines.Count - 1] = (_depth, _lines[_lines.Count - 1].Text.TrimEnd(';') + ", " + declarator + ";");
            else
                _lines.Add((_depth, type + declarator + ";"));
        }
    }

    /// <summary>The type and the parts of a declaration that others may join; null for other statements. Vectors that are declared at once stay together.</summary>
    private static (string Type, IEnumerable<string> Declarators)? Declarators(Statement statement) => statement switch
    {
        ReferenceDeclaration reference when !reference.References[0].Place.IsOfBytes =>
            (StatementText.Type(reference), reference.References.Select(one => $"{one.Name} = {one.Place}")),
        Declaration { Type.Kind: LocalKind.Vector } declaration => (StatementText.Of(declaration.Type) + " ", [StatementText.Locals(declaration)]),
        _ => null,
    };

    private bool Room(int columns)
    {
        var (depth, text) = _lines[_lines.Count - 1];
        return _indent + (depth * 4) + text.Length + columns <= Columns;
    }

    private void Append(string text) => _lines[_lines.Count - 1] = (_depth, _lines[_lines.Count - 1].Text + text);
}
