using System.Collections.Immutable;

namespace Cnn.Generator.Diagnostics;

/// <content>What a class, its base classes and its project say that the generated members cannot live with.</content>
internal static partial class Rules
{
    public static readonly Rule LanguageTooOld = new(
        "CNN0005",
        Severity.Error,
        "A network needs C# 12",
        "{0} needs C# 12 or later, but the project compiles C# {1}; remove <LangVersion> from the project file, or write 'latest' there");

    public static readonly Rule MemberInherited = new(
        "CNN0007",
        Severity.Error,
        "An inherited member has the name of a generated one",
        "{0} inherits {1} from {2}, but the compiler generates a member of that name for every network; rename it in {2}, or do not derive from {2}");

    public static readonly Rule RequiredMember = new(
        "CNN0008",
        Severity.Error,
        "A network has no required members",
        "{0} has the required member {1}, but code that creates networks, such as Load, sets none; remove 'required' and give {1} a value of its own");

    public static readonly Rule UnsetMember = new(
        "CNN0009",
        Severity.Warning,
        "A member that may not be null is never set",
        "{0}.{1} may not be null, but the generated constructors do not set it; give it a value where it is declared, or make it nullable");

    public static readonly Rule ConstructorWithoutWeights = new(
        "CNN0015",
        Severity.Error,
        "A constructor must begin with a generated one",
        "{0} begins with no other constructor, so that the network would have no weights; write ': this(seed: 0)' behind it");

    public static readonly Rule HidesNamespace = new(
        "CNN0016",
        Severity.Error,
        "A type hides the namespace of the library",
        "The type {0} stands in no namespace and hides the namespace {0} of the library, so that C# finds no layer; put it into a namespace, or rename it");

    private static ImmutableArray<Rule> OfClasses =>
        [LanguageTooOld, MemberInherited, RequiredMember, UnsetMember, ConstructorWithoutWeights, HidesNamespace];
}
