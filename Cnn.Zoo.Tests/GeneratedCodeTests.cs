using System;
using System.IO;
using System.Linq;
using Cnn.Generator.Tests.Emission;
using Cnn.Zoo.Tests.Support;
using Xunit;

namespace Cnn.Zoo.Tests;

/// <summary>The code that the compiler makes of the zoo.</summary>
public sealed class GeneratedCodeTests
{
    /// <summary>
    /// Names without overloads are 90,000 of it and cost C# less than shorter ones with overloads. The fields through which a browser
    /// reads weights in one instruction instead of two are 12,000; the comments that tell schedules are 70,000.
    /// </summary>
    private const int MostCharacters = 4_760_000;

    /// <summary>See JitLimitTests: above these the JIT compiles without optimisation.</summary>
    private const int MostIL = 60_000;
    private const int MostInstructions = 20_000;
    private const int MostLocals = 2_000;
    private const int MostReferences = 4_000;

    [Theory]
    [MemberData(nameof(Networks.Cases), MemberType = typeof(Networks))]
    public void No_method_passes_the_limits_of_the_JIT(string name, string order)
    {
        var sizes = GeneratedMethods.Of(Networks.Get(name, order).Type).Select(GeneratedMethods.Measure).ToList();

        Assert.True(sizes.Count > 20, $"Only {sizes.Count} methods were found.");
        Assert.All(sizes, size => Assert.True(
            size.Bytes < MostIL && size.Instructions < MostInstructions && size.Locals < MostLocals && size.References < MostReferences,
            size.ToString()));
    }

    [Fact]
    public void The_drawing_in_the_README_is_that_of_the_network() => Assert.Equal(
        Networks.Get("ResNet8", "hwc").Summary.ToSvg(), File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "resnet8.svg")));

    [Fact]
    public void The_source_of_the_whole_zoo_is_under_its_limit()
    {
        var files = ZooSource.Generate("hwc").Files;

        Assert.True(files.Length >= 10, $"Only {files.Length} files were generated.");
        var sizes = files.Select(file => (file.HintName, file.SourceText.Length)).ToList();
        var list = string.Join(", ", sizes.Select(size => $"{size.HintName} {size.Length}"));
        Assert.True(sizes.Sum(size => size.Length) < MostCharacters, $"{sizes.Sum(size => size.Length)} characters: {list}");
    }
}
