using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>
/// Networks that are compiled already, in the folder that the environment variable <c>CNN_COMPILED</c> names: runs of the tests with narrower
/// vectors need not compile the same again. Without it all are compiled.
/// </summary>
internal static class CompiledNetworks
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("CNN_COMPILED");

    /// <summary>The part of the key beside the declaration: everything on which a compiled network may depend.</summary>
    private static readonly string Builds = string.Join(
        '\n',
        new[] { typeof(CnnGenerator), typeof(NetworkSummary), typeof(CompiledNetworks), typeof(object) }.Select(type => type.Module.ModuleVersionId.ToString()));

    /// <summary>An assembly of networks and its generated source, from the folder or newly compiled.</summary>
    /// <param name="source">The declarations.</param>
    /// <param name="options">How they are compiled.</param>
    /// <param name="compile">Compiles them.</param>
    public static Compiled Get(string source, string options, Func<Compiled> compile)
    {
        if (string.IsNullOrEmpty(Folder))
            return compile();
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{Builds}\n{options}\n{source}")));
        var (image, generated) = (Path.Combine(Folder, key + ".dll"), Path.Combine(Folder, key + ".cs"));
        if (File.Exists(image))
            return new Compiled(File.ReadAllBytes(image), File.ReadAllText(generated));
        var compiled = compile();
        Directory.CreateDirectory(Folder);
        Write(generated, Encoding.UTF8.GetBytes(compiled.Generated));
        Write(image, compiled.Image);
        return compiled;
    }

    private static void Write(string path, byte[] bytes)
    {
        var beside = path + "." + Guid.NewGuid().ToString("N");
        File.WriteAllBytes(beside, bytes);
        File.Move(beside, path, overwrite: true);
    }

    /// <param name="Image">The assembly.</param>
    /// <param name="Generated">The generated files.</param>
    internal sealed record Compiled(byte[] Image, string Generated);
}
