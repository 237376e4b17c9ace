using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Cnn.CodeFixes;
using Cnn.Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Cnn.Generator.Tests.CodeFixes;

/// <summary>Applies the code fixes to a document, as an editor does, for what the analyzer reports in it.</summary>
internal sealed class FixHarness : IDisposable
{
    private readonly AdhocWorkspace _workspace;
    private readonly Document _document;

    private FixHarness(AdhocWorkspace workspace, Document document, ImmutableArray<Diagnostic> diagnostics)
    {
        (_workspace, _document) = (workspace, document);
        Diagnostics = diagnostics;
    }

    /// <summary>Gets everything that the analyzer reports, the hidden included.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    public static async Task<FixHarness> OpenAsync(string source)
    {
        var workspace = new AdhocWorkspace();
        var project = workspace.AddProject("Project", LanguageNames.CSharp).WithParseOptions(Harness.Parse("").Options);
        var document = project.AddDocument("Network.cs", source, filePath: "Network.cs");
        var tree = (await document.GetSyntaxTreeAsync())!;
        return new FixHarness(workspace, document, await Harness.AnalyzeAsync(Harness.Compilation(true, tree)));
    }

    /// <summary>The offers of the light bulb for a diagnostic, in its order.</summary>
    public async Task<List<CodeAction>> ActionsAsync(Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        var context = new CodeFixContext(_document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None);
        await new RemedyFixProvider().RegisterCodeFixesAsync(context);
        return actions;
    }

    /// <summary>The document with one of them applied.</summary>
    public async Task<string> ApplyAsync(CodeAction action)
    {
        var operations = await action.GetOperationsAsync(CancellationToken.None);
        var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(_document.Id)!;
        return (await changed.GetTextAsync()).ToString();
    }

    /// <summary>The document with an action applied wherever it is offered for this diagnostic.</summary>
    public async Task<string> ApplyEverywhereAsync(string id, string? equivalenceKey)
    {
        var provider = new RemedyFixProvider();
        var context = new FixAllContext(
            _document, provider, FixAllScope.Document, equivalenceKey, [id], new Known(Diagnostics), CancellationToken.None);
        return await ApplyAsync((await provider.GetFixAllProvider().GetFixAsync(context))!);
    }

    public void Dispose() => _workspace.Dispose();

    private sealed class Known(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
