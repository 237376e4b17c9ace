using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Cnn.CodeFixes;

/// <summary>
/// Applies a fix wherever it is offered. <c>dotnet format</c> takes the name of a fix from whichever diagnostic of the analyzer comes first, and
/// asks with it for the fixes of each id; a name of another id means the first fix of the one that is asked for.
/// </summary>
internal sealed class RemedyFixAllProvider : FixAllProvider
{
    public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        var batch = WellKnownFixAllProviders.BatchFixer;
        var asked = fixAllContext.CodeActionEquivalenceKey;
        if (asked is not null && fixAllContext.DiagnosticIds.Any(id => RemedyFixProvider.IsKeyOf(id, asked)))
            return await batch.GetFixAsync(fixAllContext).ConfigureAwait(false);
        if (await FirstKeyAsync(fixAllContext).ConfigureAwait(false) is not { } key)
            return null;
        var diagnostics = new Forwarded(fixAllContext);
        var context = fixAllContext.Document is { } document
            ? new FixAllContext(
                document,
                fixAllContext.CodeFixProvider,
                fixAllContext.Scope,
                key,
                fixAllContext.DiagnosticIds,
                diagnostics,
                fixAllContext.CancellationToken)
            : new FixAllContext(
                fixAllContext.Project,
                fixAllContext.CodeFixProvider,
                fixAllContext.Scope,
                key,
                fixAllContext.DiagnosticIds,
                diagnostics,
                fixAllContext.CancellationToken);
        return await batch.GetFixAsync(context).ConfigureAwait(false);
    }

    /// <summary>The name of the first fix that is offered for one of the ids; null if none is.</summary>
    private static async Task<string?> FirstKeyAsync(FixAllContext context)
    {
        foreach (var project in context.Solution.Projects)
        {
            foreach (var diagnostic in await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false))
            {
                if (!context.DiagnosticIds.Contains(diagnostic.Id) || project.GetDocument(diagnostic.Location.SourceTree) is not { } document)
                    continue;
                var first = default(CodeAction);
                var offer = new CodeFixContext(document, diagnostic, (action, _) => first ??= action, context.CancellationToken);
                await context.CodeFixProvider.RegisterCodeFixesAsync(offer).ConfigureAwait(false);
                if (first is not null)
                    return first.EquivalenceKey;
            }
        }

        return null;
    }

    /// <summary>The diagnostics of another context.</summary>
    private sealed class Forwarded(FixAllContext context) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false);

        public override async Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            await context.GetProjectDiagnosticsAsync(project).ConfigureAwait(false);
    }
}
