using System;
using System.Linq;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Diagnostics;

/// <summary>C# refuses names of more than 1,023 bytes when it writes an assembly; ours must say so before, at what is too long.</summary>
public sealed class LongNameTests
{
    [Theory]
    [InlineData("[Conv(8, 3, Padding = 1, Name = \"{256}\"), MaxPool(2), Flatten, Dense(3)] public partial class Net;")]
    [InlineData("[Residual(typeof(B), Name = \"{127}\"), Flatten, Dense(3)] public partial class Net; [Conv(3, 1, Name = \"{128}\"), BatchNorm] class B;")]
    [InlineData("[Block(typeof({249})), Flatten, Dense(3)] public partial class Net; [Conv(3, 1)] class {249};")]
    [InlineData("[Conv(8, 3), BatchNorm, Flatten, Dense(3)] public partial class {900};")]
    public void Names_as_long_as_is_allowed_make_an_assembly(string declaration)
    {
        Assert.NotNull(Harness.CompileAndLoad("using Cnn;\n[Input(8, 8, 3)] " + Filled(declaration), optimize: false));
    }

    [Fact]
    public void A_network_in_long_namespaces_and_classes_makes_an_assembly_up_to_the_limit()
    {
        Assert.NotNull(Harness.CompileAndLoad(Within(298)));
        var error = Assert.Single(Harness.Run(Within(299)).Problems);
        Assert.Equal(Rules.UnsupportedType.Id, error.Id);
        Assert.EndsWith(
            "because it has a full name of 901 bytes, where 900 are allowed; shorten the name of the class, or of what it stands in",
            error.GetMessage(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Conv(8, 3, Name = \"{257}\"), Flatten, Dense(3)] public partial class Net;", "257")]
    [InlineData("[Conv(8, 3, Name = \"{1000}\"), Flatten, Dense(3)] public partial class Net;", "1,000")]
    [InlineData("[Block(typeof(B), Name = \"{200}\"), Flatten, Dense(3)] public partial class Net; [Conv(3, 1, Name = \"{57}\"), Relu] class B;", "258")]
    [InlineData("[Block(typeof({1000})), Flatten, Dense(3)] public partial class Net; [Conv(3, 1), Relu] class {1000};", "1,007")]
    public void A_layer_whose_full_name_is_too_long_gets_one_error(string declaration, string bytes)
    {
        var run = Harness.Run("using Cnn;\n[Input(8, 8, 3)] " + Filled(declaration));
        var messages = run.Problems.Select(problem => problem.Id + problem.GetMessage()).ToList();
        Assert.All(messages, message => Assert.StartsWith(Rules.NameTooLong.Id, message, StringComparison.Ordinal));
        Assert.Contains($"would have a full name of {bytes} bytes, where 256 are allowed", messages[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_count_not_letters()
    {
        var run = Harness.Run($"using Cnn; [Input(8, 8, 3), Flatten, Dense(3)] public partial class {new string('é', 451)};");
        Assert.Equal(Rules.UnsupportedType.Id, Assert.Single(run.Problems).Id);
    }

    private static string Within(int letters) =>
        $"using Cnn; namespace {new string('n', 300)}; public partial class {new string('o', 300)} "
        + $"{{ [Input(8, 8, 3), Conv(8, 3), BatchNorm, Flatten, Dense(3)] public partial class {new string('c', letters)}; }}";

    /// <summary>Replaces each number in braces by a name of that many letters.</summary>
    private static string Filled(string declaration) => System.Text.RegularExpressions.Regex.Replace(
        declaration, @"\{(\d+)\}", number => new string('x', int.Parse(number.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)));
}
