using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Cnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Parsing;

/// <summary>Reads the class at a node; <paramref name="inputAliases"/> are other names of the input in the project.</summary>
internal delegate ParsedSource? SourceParser(
    GeneratorSyntaxContext found, ICollection<string> inputAliases, CancellationToken cancellationToken);

/// <summary>
/// Remembers what was read of each class. Roslyn asks for every class again at every keystroke, and the symbols that an answer needs cost far
/// more than the answer; but what an attribute means changes only where some declaration does, and not in the bodies of methods. Nor does it
/// where methods or properties come and go, unless the class inherits some, is nested among some, or knows them by <c>using static</c>.
/// </summary>
internal sealed class ParseMemory
{
    private readonly object _gate = new();
    private Project? _project;

    /// <summary>What a parser makes of the class at a node: from memory, where that is as good.</summary>
    public ParsedSource? Parse(GeneratorSyntaxContext found, SourceParser parse, CancellationToken cancellationToken)
    {
        var compilation = found.SemanticModel.Compilation;
        var project = Find(compilation, cancellationToken);
        if (project.Answers.TryGetValue(found.Node, out var known)
            && (known.IsApart || known.Members == project.Members)
            && known.OtherFiles.All(compilation.ContainsSyntaxTree))
        {
            return known.Source;
        }

        var source = parse(found, project.InputAliases.Value, cancellationToken);
        var otherFiles = source is null ? [] : OtherFiles(found, source, cancellationToken);
        var isApart = !project.UsesStatics.Value && IsApart(found, cancellationToken);
        lock (_gate)
        {
            project.Answers.Remove(found.Node);
            project.Answers.Add(found.Node, new Answer(source, otherFiles, isApart, project.Members));
        }

        return source;
    }

    /// <summary>The files of the other parts of the class, and of the blocks that it uses.</summary>
    private static ImmutableArray<SyntaxTree> OtherFiles(
        GeneratorSyntaxContext found, ParsedSource source, CancellationToken cancellationToken)
    {
        var own = found.Node.SyntaxTree;
        var type = found.SemanticModel.GetDeclaredSymbol(found.Node, cancellationToken)!;
        var parts = type.DeclaringSyntaxReferences.Select(part => part.SyntaxTree);
        var paths = new HashSet<string>(
            source.Positions.Items.Where(item => item.Place.Kind == PlaceKind.OfBlock).Select(item => item.FilePath));
        var blocks = paths.Count == 0 ? [] : found.SemanticModel.Compilation.SyntaxTrees.Where(tree => paths.Contains(tree.FilePath));
        return [.. parts.Concat(blocks).Where(tree => tree != own).Distinct()];
    }

    /// <summary>Whether what its attributes name cannot be a method or property elsewhere.</summary>
    private static bool IsApart(GeneratorSyntaxContext found, CancellationToken cancellationToken) =>
        found.Node.Parent is BaseNamespaceDeclarationSyntax or CompilationUnitSyntax
        && found.SemanticModel.GetDeclaredSymbol(found.Node, cancellationToken) is INamedTypeSymbol type
        && type.BaseType is null or { SpecialType: SpecialType.System_Object };

    /// <summary>A compilation with its answers: none yet, where its declarations are not those of the one before.</summary>
    private Project Find(Compilation compilation, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_project is not null && _project.Asked.TryGetTarget(out var asked) && asked == compilation)
                return _project;
            var project = new Project(compilation);
            if (_project is not null && project.DeclaresTheSameAs(_project, Project.IsBody, cancellationToken))
                project = project.Following(_project, _project.Members);
            else if (_project is not null && project.DeclaresTheSameAs(_project, Project.IsBodyOrMember, cancellationToken))
                project = project.Following(_project, _project.Members + 1);
            return _project = project;
        }
    }

    /// <param name="Source">What was read.</param>
    /// <param name="OtherFiles">The other files of which positions may be in the answer.</param>
    /// <param name="IsApart">Whether methods and properties elsewhere are nothing to it.</param>
    /// <param name="Members">Which there were when it was read.</param>
    private sealed record Answer(ParsedSource? Source, ImmutableArray<SyntaxTree> OtherFiles, bool IsApart, int Members);

    /// <summary>All of a compilation that can change what an attribute means, without its symbols.</summary>
    private sealed record Project(
        WeakReference<Compilation> Asked,
        ImmutableArray<SyntaxTree> Trees,
        ImmutableArray<MetadataReference> References,
        CompilationOptions Options,
        Lazy<HashSet<string>> InputAliases,
        Lazy<bool> UsesStatics,
        ConditionalWeakTable<SyntaxNode, Answer> Answers)
    {
        /// <summary>Gets a number that counts how often methods or properties have come or gone.</summary>
        public int Members { get; init; }

        public Project(Compilation compilation)
            : this([.. compilation.SyntaxTrees], compilation)
        {
        }

        private Project(ImmutableArray<SyntaxTree> trees, Compilation compilation)
            : this(new(compilation), trees, [.. compilation.References], compilation.Options, new(() => Aliases(trees)), new(() => trees.Any(UsesAStatic)), new())
        {
        }

        public Project Following(Project before, int members) => this with
        {
            Answers = before.Answers,
            InputAliases = before.InputAliases,
            UsesStatics = before.UsesStatics,
            Members = members,
        };

        public bool DeclaresTheSameAs(Project other, Func<SyntaxKind, bool> ignored, CancellationToken cancellationToken)
        {
            if (Trees.Length != other.Trees.Length || !Options.Equals(other.Options) || !References.SequenceEqual(other.References))
                return false;
            for (var i = 0; i < Trees.Length; i++)
            {
                if (Trees[i] != other.Trees[i] && !DeclareTheSame(Trees[i], other.Trees[i], ignored, cancellationToken))
                    return false;
            }

            return true;
        }

        public static bool IsBody(SyntaxKind kind) =>
            kind is SyntaxKind.Block or SyntaxKind.ArrowExpressionClause or SyntaxKind.GlobalStatement;

        public static bool IsBodyOrMember(SyntaxKind kind) => IsBody(kind) || kind
            is SyntaxKind.MethodDeclaration or SyntaxKind.PropertyDeclaration or SyntaxKind.IndexerDeclaration
            or SyntaxKind.ConstructorDeclaration or SyntaxKind.DestructorDeclaration
            or SyntaxKind.OperatorDeclaration or SyntaxKind.ConversionOperatorDeclaration
            or SyntaxKind.EventDeclaration or SyntaxKind.EventFieldDeclaration;

        private static bool DeclareTheSame(
            SyntaxTree tree, SyntaxTree other, Func<SyntaxKind, bool> ignored, CancellationToken cancellationToken) =>
            tree.FilePath == other.FilePath
            && tree.Options.Equals(other.Options)
            && SyntaxFactory.AreEquivalent(tree.GetRoot(cancellationToken), other.GetRoot(cancellationToken), ignoreChildNode: ignored);

        private static HashSet<string> Aliases(ImmutableArray<SyntaxTree> trees) =>
            [.. trees.SelectMany(tree => AttributeNames.InputAliases(tree.GetRoot()))];

        /// <summary>Members of what <c>using static</c> names are known by their names alone.</summary>
        private static bool UsesAStatic(SyntaxTree tree) => tree.GetRoot().DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<UsingDirectiveSyntax>()
            .Any(directive => directive.StaticKeyword.IsKind(SyntaxKind.StaticKeyword));
    }
}
