using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace Cnn.Benchmarks.Rivals;

/// <summary>PyTorch on one thread in a child process that times itself: pytorch_step.py, asked and answering line by line.</summary>
internal sealed class PyTorchRival : ITorchRival
{
    private static readonly string[] Interpreters = ["/usr/bin/python3", "python3", "python"];

    private readonly Process _process;
    private readonly string _folder;

    private PyTorchRival(Process process, TorchTask task)
    {
        _process = process;
        _folder = Directory.CreateTempSubdirectory("cnn-benchmarks-").FullName;
        try
        {
            var weights = Write("weights.bin", task.Weights.Values.SelectMany(tensor => tensor.Values).ToArray());
            var layout = string.Join(' ', task.Weights.Values.Select(tensor => tensor.Name + ":" + string.Join('x', tensor.Shape)));
            var inputs = Write("inputs.bin", task.Inputs);
            var labels = Write("labels.bin", task.Labels);
            string[] command =
            [
                "load", weights, layout, inputs, labels,
                Text(task.Shape.Size), Text(task.Shape.Channels), Text(task.Shape.Padding), Text(task.Batch),
            ];
            Name = Ask(string.Join('\t', command));
        }
        catch (IOException)
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Starts PyTorch on a task, or returns null where no Python has it.</summary>
    public static PyTorchRival? Open(TorchTask task)
    {
        foreach (var process in Interpreters.Select(Start).OfType<Process>())
        {
            try
            {
                return new PyTorchRival(process, task);
            }
            catch (IOException)
            {
                // This Python has no torch or no numpy: it ended at the import. The next may have them.
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public float[] Outputs() => Floats("outputs");

    /// <inheritdoc/>
    public float[] Losses(int count, float learningRate) => Floats(FormattableString.Invariant($"losses\t{count}\t{learningRate}"));

    /// <inheritdoc/>
    public double Forward(int count) => double.Parse(Ask("forward\t" + Text(count)), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public double Train(int count) => double.Parse(Ask("train\t" + Text(count)), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            if (!_process.WaitForExit(5000))
                _process.Kill();
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static Process? Start(string interpreter)
    {
        var start = new ProcessStartInfo(interpreter)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Rivals", "pytorch_step.py"));
        start.Environment["OMP_NUM_THREADS"] = "1";
        try
        {
            var process = Process.Start(start);
            process?.BeginErrorReadLine();
            return process;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private string Write<T>(string name, T[] values)
        where T : unmanaged
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, MemoryMarshal.AsBytes<T>(values));
        return path;
    }

    private float[] Floats(string command) =>
        [.. Ask(command).Split(' ').Select(value => float.Parse(value, CultureInfo.InvariantCulture))];

    private string Ask(string command)
    {
        _process.StandardInput.WriteLine(command);
        _process.StandardInput.Flush();
        return _process.StandardOutput.ReadLine() ?? throw new IOException("Python ended without an answer to " + command + ".");
    }
}
