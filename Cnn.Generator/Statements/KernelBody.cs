using System;
using System.Collections.Generic;
using System.Linq;

namespace Cnn.Generator.Statements;

/// <summary>The statements of a method, in the making: what is added stands in the scope that was opened last.</summary>
internal sealed class KernelBody
{
    private readonly Stack<List<Statement>> _open = new([[]]);

    /// <summary>Gets the statements that stand in no scope.</summary>
    public IReadOnlyList<Statement> Statements => _open.Peek();

    /// <summary>Adds a statement.</summary>
    public void Add(Statement statement) => _open.Peek().Add(statement);

    /// <summary>Adds statements that stand in one line.</summary>
    public void Add(IEnumerable<Statement> row) => Add(new Row([.. row]));

    /// <summary>Adds a statement that no kind of statement says.</summary>
    public void Raw(string text) => Add(new Raw(text));

    /// <summary>Calls a method.</summary>
    public void Call(string method, params CallArgument[] arguments) => Add(new Call(method, [.. arguments]));

    /// <summary>Gives a local or an element another value.</summary>
    public void Assign(string target, string value) => Add(new Assignment(target, value));

    /// <summary>Adds to a local or an element.</summary>
    public void Increase(string target, string value) => Add(new Assignment(target, value, IsAdded: true));

    /// <summary>Moves a reference on.</summary>
    public void Advance(string name, int distance) => Advance(name, name, distance);

    /// <summary>Moves a reference to a distance in elements after another.</summary>
    public void Advance(string name, string from, int distance) => Add(new Advance(name, new Place(from, distance)));

    /// <summary>Declares a reference.</summary>
    public void Refer(string name, Place place) => Add(new ReferenceDeclaration([(name, place)]));

    /// <summary>Declares a local with its value.</summary>
    public void Declare(LocalType type, string name, string? value = null) => Add(new Declaration(type, [new LocalVariable(name, value)]));

    /// <summary>Declares locals.</summary>
    public void Declare(LocalType type, params IEnumerable<LocalVariable> locals) => Add(new Declaration(type, [.. locals]));

    /// <summary>Declares locals without values.</summary>
    public void Declare(LocalType type, params IEnumerable<string> names) => Declare(type, names.Select(name => new LocalVariable(name)));

    /// <summary>Opens a scope; disposing the result closes it.</summary>
    public Scope Open() => new(this, statements => new Block(statements));

    /// <summary>Opens a loop.</summary>
    public Scope Open(LoopHead head) => new(this, statements => new Loop(head, statements));

    /// <summary>Opens a loop from 0 on, of which threads take turns where it is shared.</summary>
    public Scope For(string index, int count, bool isShared = false) => Open(LoopHead.Of(index, count, isShared));

    /// <summary>Opens a loop of equal steps from 0 on.</summary>
    public Scope For(string index, int end, int step) => Open(LoopHead.Steps(index, end, step));

    /// <summary>Opens a loop from 0 on to a count that is known when it runs.</summary>
    public Scope For(string index, string count) => Open(new Counted(LocalType.Integer, index, "0", count));

    /// <summary>Adds a loop from 0 on of one statement.</summary>
    public void Each(string index, int count, Statement statement) =>
        Add(new Loop(LoopHead.Of(index, count, isShared: false), [statement]) { IsBrief = true });

    /// <summary>Adds a branch of one statement.</summary>
    public void When(string condition, Statement statement) => Add(new Branch(condition, [statement]) { IsBrief = true });

    /// <summary>Opens a branch.</summary>
    public Scope If(string condition) => new(this, statements => new Branch(condition, statements));

    /// <summary>Opens the other case of the branch before.</summary>
    public Scope Else() => new(this, statements => new Otherwise(statements));

    /// <summary>A scope of a body: it takes all statements until it is disposed.</summary>
    internal readonly struct Scope : IDisposable
    {
        private readonly KernelBody _body;
        private readonly Func<IReadOnlyList<Statement>, Statement> _close;

        public Scope(KernelBody body, Func<IReadOnlyList<Statement>, Statement> close)
        {
            (_body, _close) = (body, close);
            body._open.Push([]);
        }

        public void Dispose()
        {
            var statements = _body._open.Pop();
            _body.Add(_close(statements));
        }
    }
}
