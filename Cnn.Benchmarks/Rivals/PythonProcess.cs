using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Cnn.Benchmarks.Rivals;

/// <summary>A script of this folder in a child process on one thread, asked and answering line by line.</summary>
internal sealed class PythonProcess : IDisposable
{
    private static readonly string[] Interpreters = ["/usr/bin/python3", "python3", "python"];

    private readonly Process _process;

    private PythonProcess(Process process) => _process = process;

    /// <summary>The interpreters of this machine with the script begun; one that lacks a package ends at the first question.</summary>
    public static IEnumerable<PythonProcess> Start(string script) => Interpreters.Select(interpreter => Start(interpreter, script)).OfType<PythonProcess>();

    /// <summary>The answer to a question.</summary>
    /// <exception cref="IOException">The script has ended.</exception>
    public string Ask(params string[] words)
    {
        _process.StandardInput.WriteLine(string.Join('\t', words));
        _process.StandardInput.Flush();
        return _process.StandardOutput.ReadLine() ?? throw new IOException("Python ended without an answer to " + words[0] + ".");
    }

    /// <summary>An answer of one number.</summary>
    public double Number(params string[] words) => double.Parse(Ask(words), CultureInfo.InvariantCulture);

    /// <summary>An answer of several numbers.</summary>
    public float[] Numbers(params string[] words) =>
        [.. Ask(words).Split(' ').Select(value => float.Parse(value, CultureInfo.InvariantCulture))];

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            try
            {
                _process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It ended in between.
            }

            if (!_process.WaitForExit(5000))
                _process.Kill();
        }

        _process.Dispose();
    }

    private static PythonProcess? Start(string interpreter, string script)
    {
        var start = new ProcessStartInfo(interpreter)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Rivals", script));
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        try
        {
            var process = Process.Start(start);
            process?.BeginErrorReadLine();
            return process is null ? null : new PythonProcess(process);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
