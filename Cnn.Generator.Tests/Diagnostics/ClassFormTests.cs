using System;
using System.Linq;
using System.Threading.Tasks;
using Cnn.Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Cnn.Generator.Tests.Diagnostics;

/// <summary>Whatever a class is, inherits or stands in: either its network compiles without a word of C#'s, or one error of ours says why not.</summary>
public class ClassFormTests
{
    /// <summary>The error of a project of older C#, with which the other cases do not compile.</summary>
    public const string LanguageId = "CNN0005";

    /// <summary>The error of a type that hides the namespace which every other case uses.</summary>
    public const string NamespaceId = "CNN0016";

    private const string Layers = "[Cnn.Input(4), Cnn.Dense(3, Bias = false), Cnn.BatchNorm, Cnn.Relu(Name = \"r\"), Cnn.Output(\"r\"), Cnn.Dense(2)] ";

    private const string Use = """
        static class Use
        {
            static int Of(System.ReadOnlySpan<float> x) => new Net().Predict(x) + new Net(seed: 1).Predict(x) + Net.InputLength + Net.Outputs.R.Length;
            static void Train(Net net) => new Cnn.Trainer<Net>(net, new Cnn.Adam());
        }
        """;

    /// <summary>Gets forms that cannot be networks: the id, the source, words of the message.</summary>
    public static TheoryData<string, string, string> Refused { get; } = new()
    {
        { "CNN0003", Layers + "public partial record Net;", "is a record" },
        { "CNN0003", Layers + "public partial record Net { protected Net(Net other) { } }", "is a record" },
        {
            "CNN0003",
            Layers + "public partial class Net : Base; public class Base(int size) { public int Size => size; }",
            "no constructor without parameters"
        },
        {
            "CNN0003",
            Layers + "public partial class Net : Base; public class Base { private Base() { } public Base(string s, int[] n) { } }",
            "that it can call"
        },
        {
            "CNN0003",
            Layers + "public partial class Net : Base; [Cnn.Input(4), Cnn.Dense(2)] public partial class Base;",
            "derives from the network Base"
        },
        {
            "CNN0003",
        Layers + "public partial class Net : Middle; public class Middle : Base; [Cnn.Input(4), Cnn.Dense(2)] public "
            + "partial class Base;",
            "derives from the network Base"
        },
        {
            "CNN0007",
            Layers + "public partial class Net : Base; public class Base { public void Save(string path) { } }",
            "inherits Save from Base"
        },
        {
            "CNN0007",
            Layers + "public partial class Net : Base; public abstract class Base { public virtual int "
                + "Predict(System.ReadOnlySpan<float> x) => 0; }",
            "Predict"
        },
        {
            "CNN0007",
            Layers + "public partial class Net : Base; public class Base { protected float[]? _weights = null; }",
            "inherits _weights"
        },
        {
            "CNN0007",
            Layers + "public partial class Net : Base<int>; public class Base<T> { public class Outputs; }",
            "inherits Outputs from Base<"
        },
        { "CNN0008", Layers + "public partial class Net { public required string Title { get; set; } }", "required member Title" },
        { "CNN0008", Layers + "public partial class Net : Base; public class Base { public required int Size; }", "required member Size" },
        { "CNN0015", Layers + "public partial class Net { public Net(string title) { _ = title; } }", "Net(string title)" },
        {
            "CNN0015",
            Layers + "public partial class Net : Base { public Net(byte title) : base(title) { } } public class Base "
                + "{ public Base() { } public Base(int n) { } }",
            "Net(byte title)"
        },
        { "CNN0004", Layers + "public partial class Net { public class Outputs; }", "Net declares Outputs" },
    };

    /// <summary>Gets forms that can.</summary>
    public static TheoryData<string> Accepted { get; } =
    [
        Layers + "public partial class Net;",
        Layers + "public sealed partial class Net { public Net(string title) : this(seed: 3) { Title = title; } "
            + "public string Title { get; } = \"\"; }",
        Layers + "public partial class Net { static Net() { } public void Save(System.IO.Stream stream) { } }",
        Layers + "public partial class Net : Base; public class Base { protected Base(int size = 3) { } private "
            + "float[] _weights = []; public void Load(int n) { } }",
        Layers + "public partial class Net : Base; public class Base { internal Base() { } private protected int Size { get; set; } }",
        Layers + "public partial class Net : System.IDisposable { void System.IDisposable.Dispose() { } }",
        Layers + "public partial class Net { public string? A; public string B = \"\"; public string C { get; set; } "
            + "= \"\"; public string D => \"\"; public int E; "
            + "public static string? F; [System.Diagnostics.CodeAnalysis.AllowNull] public string G; }",
        "#nullable disable\n" + Layers + "public partial class Net { public string A; public event System.Action B { add { } remove { } } }",
        "[System.Obsolete] " + Layers + "public partial class Net;",
        "[System.Obsolete(\"old\")] " + Layers + "public partial class Net;",
        "[assembly: System.CLSCompliant(true)] " + Layers + "public partial class Net;",
    ];

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_form_that_cannot_be_a_network_gets_one_error_of_ours_and_none_of_the_compilers(string id, string source, string message)
    {
        // A member in the place of a generated one, or a class without generated ones, leaves its users without.
        var isMissed = message.Contains("Outputs", StringComparison.Ordinal) || (id == "CNN0003" && source.Contains(" : ", StringComparison.Ordinal));
        var users = isMissed ? "" : Use;
        var run = Harness.Run(source, users);
        var error = Assert.Single(run.Diagnostics);
        Assert.Equal(id, error.Id);
        Assert.Contains(message, error.GetMessage(), StringComparison.Ordinal);
        Assert.Empty(run.CompilerProblems.Where(problem => problem.Id != "CS1591").Select(problem => problem.ToString()));
        Assert.Empty(await Harness.HintsAsync(source));
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public async Task A_form_that_can_be_a_network_compiles_without_a_word(string source)
    {
        var run = Harness.Run(source);
        Assert.Empty(run.Problems.Where(problem => problem.Id != "CS1591").Select(problem => problem.ToString()));
        Assert.Empty(await Harness.HintsAsync(source));
    }

    [Theory]
    [InlineData("Forward")]
    [InlineData("Summary")]
    [InlineData("LoadPretrained")]
    [InlineData("OutputLength")]
    public void A_class_called_like_a_generated_member_is_refused_by_name(string name)
    {
        var run = Harness.Run(Layers + "public partial class " + name + ";");
        Assert.Equal("CNN0003", Assert.Single(run.Diagnostics).Id);
        Assert.DoesNotContain(run.CompilerProblems, problem => problem.Severity == DiagnosticSeverity.Error);
    }

    [Theory]
    [InlineData("using Cnn; [Input(4), Dense(2)] public partial class Cnn;", "The type Cnn stands in no namespace")]
    [InlineData("[Cnn.Input(4), Cnn.Dense(2)] public partial class Net; public enum Cnn { }", "The type Cnn stands in no namespace")]
    [InlineData("using Cnn; [Input(4), Dense(2)] public partial class Net; public class System;", "type System in the global namespace")]
    public void A_type_that_hides_a_namespace_is_refused_by_name(string source, string message)
    {
        var run = Harness.Run(source);
        var error = Assert.Single(run.Diagnostics);
        Assert.Contains(message, error.GetMessage(), StringComparison.Ordinal);
        Assert.Empty(run.CompilerProblems.Where(problem => run.Files.Any(file => file.SyntaxTree == problem.Location.SourceTree)).Select(problem => problem.ToString()));
    }

    [Theory]
    [InlineData("public string [|Title|];", "Title")]
    [InlineData("private readonly int[] [|_sizes|];", "_sizes")]
    [InlineData("public string [|Title|] { get; set; }", "Title")]
    public async Task A_member_that_stays_null_is_a_warning_where_it_is_declared_and_none_in_the_generated_file(string member, string name)
    {
        var source = new MarkedSource(Layers + "public partial class Net { " + member + " }");
        var hint = Assert.Single(await Harness.HintsAsync(source.Text));
        Assert.Equal(("CNN0009", source.Start), (hint.Id, hint.Location.SourceSpan.Start));
        Assert.Contains("Net." + name, hint.GetMessage(), StringComparison.Ordinal);
        Assert.DoesNotContain(Harness.Run(source.Text).CompilerProblems, problem => problem.Id == "CS8618");
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp8)]
    [InlineData(LanguageVersion.CSharp10)]
    [InlineData(LanguageVersion.CSharp11)]
    public void A_project_that_compiles_older_csharp_gets_one_error_at_the_class(LanguageVersion version)
    {
        var run = Harness.Run(Harness.Compilation(true, Harness.Parse(Layers + "public partial class Net { }", version: version)));
        Assert.Equal(LanguageId, Assert.Single(run.Diagnostics).Id);
        Assert.DoesNotContain(run.CompilerProblems, problem => problem.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public void A_project_that_compiles_twelve_or_the_preview_compiles_networks()
    {
        foreach (var version in new[] { LanguageVersion.CSharp12, LanguageVersion.Preview })
        {
            var run = Harness.Run(Harness.Compilation(true, Harness.Parse(Layers + "public partial class Net;", version: version)));
            Assert.DoesNotContain(run.Problems, problem => problem.Id != "CS1591");
        }
    }
}
