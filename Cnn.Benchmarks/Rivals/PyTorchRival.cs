using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace Cnn.Benchmarks.Rivals;

/// <summary>PyTorch on one thread in a child process that times itself: pytorch_step.py.</summary>
internal sealed class PyTorchRival : ITorchRival
{
    private readonly PythonProcess _python;
    private readonly string _folder;

    private PyTorchRival(PythonProcess python, TorchTask task)
    {
        _python = python;
        _folder = Directory.CreateTempSubdirectory("cnn-benchmarks-").FullName;
        try
        {
            var weights = Write("weights.bin", task.Weights.Values.SelectMany(tensor => tensor.Values).ToArray());
            var layout = string.Join(' ', task.Weights.Values.Select(tensor => tensor.Name + ":" + string.Join('x', tensor.Shape)));
            var inputs = Write("inputs.bin", task.Inputs);
            var labels = Write("labels.bin", task.Labels);
            Name = _python.Ask(
                "load", weights, layout, inputs, labels, Text(task.Shape.Size), Text(task.Shape.Channels), Text(task.Shape.Padding), Text(task.Batch));
        }
        catch (IOException)
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Starts PyTorch on a task, or returns null if no Python has it.</summary>
    public static PyTorchRival? Open(TorchTask task)
    {
        foreach (var python in PythonProcess.Start("pytorch_step.py"))
        {
            try
            {
                return new PyTorchRival(python, task);
            }
            catch (IOException)
            {
                // This Python has no torch or no numpy: it ended at the import. The next may have them.
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public float[] Outputs() => _python.Numbers("outputs");

    /// <inheritdoc/>
    public float[] Losses(int count, float learningRate) =>
        _python.Numbers("losses", Text(count), learningRate.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public double Forward(int count) => _python.Number("forward", Text(count));

    /// <inheritdoc/>
    public double Train(int count) => _python.Number("train", Text(count));

    /// <inheritdoc/>
    public void Dispose()
    {
        _python.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private string Write<T>(string name, T[] values)
        where T : unmanaged
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, MemoryMarshal.AsBytes<T>(values));
        return path;
    }
}
