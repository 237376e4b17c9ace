using System;
using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using Cnn.Tests.Support;

namespace Cnn.Zoo.Tests.Support;

/// <summary>
/// PyTorch's results for a network of the zoo. Debian's Python runs fixtures/zoo.py once per network; its head describes the files.
/// </summary>
internal sealed class PyTorch : IDisposable
{
    private const string Interpreter = "/usr/bin/python3";

    private const string Packages = "The tests of the zoo need Debian's python3-torch and python3-torchvision: "
        + "apt-get install python3-torch python3-torchvision.";

    private readonly string _folder = Directory.CreateTempSubdirectory("cnn-zoo-").FullName;
    private readonly ConcurrentDictionary<string, Lazy<PyTorchRun>> _runs = new();

    /// <summary>The weights and the numbers of a network.</summary>
    /// <exception cref="InvalidOperationException">There is no PyTorch, or it failed; the message says which.</exception>
    public PyTorchRun Of(string name) => _runs.GetOrAdd(name, key => new Lazy<PyTorchRun>(() => Run(key))).Value;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private PyTorchRun Run(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        var start = new ProcessStartInfo(Interpreter) { RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "fixtures", "zoo.py"));
        start.ArgumentList.Add(name);
        start.ArgumentList.Add(folder);
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{(errors.Contains("ModuleNotFoundError", StringComparison.Ordinal) ? Packages : "")}\n{errors}");
        }
        catch (Win32Exception fault)
        {
            throw new InvalidOperationException($"{Interpreter} does not start. {Packages}", fault);
        }

        // A rooted name is a path of its own.
        return new PyTorchRun(folder, FixtureFile.Open(Path.Combine(folder, "run")));
    }
}

/// <summary>A network's weights as files, and what PyTorch computed with them.</summary>
internal sealed record PyTorchRun(string Folder, FixtureFile Numbers)
{
    /// <summary>Gets the weights before training.</summary>
    public string Weights => Behind(0);

    /// <summary>The weights after a number of steps of training.</summary>
    public string Behind(int steps) =>
        Path.Combine(Folder, steps == 0 ? "weights.safetensors" : string.Create(CultureInfo.InvariantCulture, $"step{steps}.safetensors"));
}
