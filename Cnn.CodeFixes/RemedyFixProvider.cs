using System;
using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using System.Threading.Tasks;
using Cnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Cnn.CodeFixes;

/// <summary>
/// Offers the remedies of a diagnostic of the network compiler. The compiler decides the text; this class only finds
/// the place for it.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemedyFixProvider))]
[Shared]
public sealed class RemedyFixProvider : CodeFixProvider
{
    private const string Separator = ".";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
    [
        "CNN0001", "CNN0002", "CNN0021", "CNN0030", "CNN0031", "CNN0032", "CNN0033", "CNN0034", "CNN0035", "CNN0048",
        "CNN0050", "CNN0052", "CNN0055", "CNN0061", "CNN0069", "CNN0070", "CNN0071", "CNN0072", "CNN0073", "CNN0078", "CNN0079", "CNN0081", "CNN0085", "CNN0100",
    ];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => new RemedyFixAllProvider();

    /// <summary>Whether a fix of this name mends diagnostics of an id.</summary>
    internal static bool IsKeyOf(string id, string key) => key.StartsWith(id + Separator, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
            return;
        foreach (var diagnostic in context.Diagnostics)
        {
            foreach (var remedy in Remedy.FromProperties(diagnostic.Properties))
            {
                var edit = Place(diagnostic) is { } place
                    ? RemedyEdit.Of(remedy, root.FindNode(place.SourceSpan, getInnermostNodeForTie: true))
                    : null;
                if (edit is null)
                    continue;
                context.RegisterCodeFix(
                    CodeAction.Create(
                        edit.Title,
                        cancellationToken => ApplyAsync(context.Document, root, edit, cancellationToken),
                        equivalenceKey: Key(diagnostic, remedy)),
                    diagnostic);
            }
        }
    }

    /// <summary>
    /// The location of the remedy: that of the diagnostic or, in the same file, the one to which it points; null in another file.
    /// </summary>
    private static Location? Place(Diagnostic diagnostic)
    {
        if (diagnostic.AdditionalLocations.Count == 0)
            return diagnostic.Location;
        var place = diagnostic.AdditionalLocations[0];
        return place.SourceTree == diagnostic.Location.SourceTree ? place : null;
    }

    /// <summary>One for all places where the same is to be done; the number that is right may be another at each.</summary>
    private static string Key(Diagnostic diagnostic, Remedy remedy)
    {
        var key = diagnostic.Id + Separator + remedy.Kind;
        if (remedy.Kind != RemedyKind.SetArgument)
            return key;
        var isNumber = remedy.Text.Length > 0 && char.IsDigit(remedy.Text[0]);
        return key + "." + remedy.Name + (isNumber ? "" : "." + remedy.Text);
    }

    private static Task<Document> ApplyAsync(Document document, SyntaxNode root, RemedyEdit edit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(document.WithSyntaxRoot(edit.Apply(root)));
    }
}
