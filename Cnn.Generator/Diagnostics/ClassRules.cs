using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Diagnostics;

/// <content>What a class, its base classes and its project say that the generated members cannot live with.</content>
internal static partial class Rules
{
    public static readonly DiagnosticDescriptor LanguageTooOld = new(
        "CNN0005",
        "A network needs C# 12",
        "{0} needs C# 12 or later, but the project compiles C# {1}; remove <LangVersion> from the project file, or write 'latest' there",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0005.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor MemberInherited = new(
        "CNN0007",
        "An inherited member has the name of a generated one",
        "{0} inherits {1} from {2}, but the compiler generates a member of that name for every network; rename it in {2}, or do not derive from {2}",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0007.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor RequiredMember = new(
        "CNN0008",
        "A network has no required members",
        "{0} has the required member {1}, but code that creates networks, such as Load, sets none; remove 'required' and give {1} a value of its own",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0008.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor UnsetMember = new(
        "CNN0009",
        "A member that may not be null is never set",
        "{0}.{1} may not be null, but the generated constructors do not set it; give it a value where it is declared, or make it nullable",
        Category,
        DiagnosticSeverity.Warning,
        true,
        helpLinkUri: Pages + "CNN0009.md");

    public static readonly DiagnosticDescriptor ConstructorWithoutWeights = new(
        "CNN0015",
        "A constructor must begin with a generated one",
        "{0} begins with no other constructor, so that the network would have no weights; write ': this(seed: 0)' behind it",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0015.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor HidesNamespace = new(
        "CNN0016",
        "A type hides the namespace of the library",
        "The type {0} stands in no namespace and hides the namespace {0} of the library, so that C# finds no layer; put it into a namespace, or rename it",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0016.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    private static ImmutableArray<DiagnosticDescriptor> OfClasses =>
        [LanguageTooOld, MemberInherited, RequiredMember, UnsetMember, ConstructorWithoutWeights, HidesNamespace];
}
