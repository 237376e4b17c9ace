using System;
using System.IO;
using System.Linq;
using Xunit;
using static Cnn.Tests.Data.TemporaryFolder;

namespace Cnn.Tests.Data;

public sealed class MnistTests : IDisposable
{
    private const string TrainImages = "train-images-idx3-ubyte";
    private const string TrainLabels = "train-labels-idx1-ubyte";
    private const string TestImages = "t10k-images-idx3-ubyte";
    private const string TestLabels = "t10k-labels-idx1-ubyte";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_real_digits_are_what_the_literature_says()
    {
        var (train, test) = Mnist.Load(Path.Combine(AppContext.BaseDirectory, "mnist"));
        Assert.Equal((60_000, 784, 10), (train.Count, train.InputLength, train.Classes));
        Assert.Equal((10_000, 784, 10), (test.Count, test.InputLength, test.Classes));
        Assert.Equal([5, 0, 4, 1, 9], Enumerable.Range(0, 5).Select(train.Label));
        Assert.Equal([7, 2, 1, 0, 4], Enumerable.Range(0, 5).Select(test.Label));
        Assert.Equal(
            [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
            Enumerable.Range(0, train.Count).CountBy(train.Label).OrderBy(pair => pair.Key).Select(pair => pair.Value));

        // The mean and the standard deviation that PyTorch's examples normalise by.
        var (mean, deviation) = Moments(train);
        Assert.Equal(0.1307, mean, 5e-5);
        Assert.Equal(0.3081, deviation, 5e-5);
    }

    [Fact]
    public void Any_mixture_of_the_accepted_names_loads()
    {
        _folder.Write(TrainImages, Idx(3, 28, 28));
        _folder.Write(TrainLabels + ".gz", Zip(Idx(3)));
        _folder.Write("t10k-images.idx3-ubyte", Idx(2, 28, 28));
        _folder.Write("t10k-labels.idx1-ubyte.gz", Zip(Idx(2)));
        var (train, test) = Mnist.Load(_folder.Path);
        Assert.Equal((3, 2), (train.Count, test.Count));
        Assert.Equal([0, 1, 2], Enumerable.Range(0, 3).Select(train.Label));

        var input = new float[784];
        test.CopyInput(1, input);
        Assert.Equal(Enumerable.Range(784, 784).Select(i => i % 10 * (1f / 255)), input);
    }

    [Theory]
    [InlineData(TrainImages)]
    [InlineData(TrainLabels)]
    [InlineData(TestImages)]
    [InlineData(TestLabels)]
    public void A_missing_file_is_named_with_its_folder_and_where_to_get_it(string missing)
    {
        WriteAll();
        File.Delete(Path.Combine(_folder.Path, missing));
        var exception = Assert.Throws<FileNotFoundException>(() => Mnist.Load(_folder.Path));
        Assert.StartsWith(
            $"{missing} (or {missing}.gz) was looked for in the folder {_folder.Path}. ",
            exception.Message,
            StringComparison.Ordinal);
        Assert.Contains("examples/data/mnist", exception.Message, StringComparison.Ordinal);
        Assert.Equal(Path.Combine(_folder.Path, missing), exception.FileName);
    }

    [Fact]
    public void A_missing_folder_is_named_as_missing()
    {
        var folder = Path.Combine(_folder.Path, "nowhere");
        var exception = Assert.Throws<FileNotFoundException>(() => Mnist.Load(folder));
        Assert.Contains($"in the folder {folder}, which does not exist. ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_that_do_not_match_the_images_are_refused()
    {
        WriteAll();
        var path = _folder.Write(TestLabels, Idx(3));
        Refused($"{path}: it holds 3 labels for the 2 images of {TestImages}.");
    }

    [Fact]
    public void Images_of_another_size_are_refused()
    {
        WriteAll();
        var path = _folder.Write(TrainImages, Idx(2, 28, 32));
        Refused($"{path}: its images are 28x32; MNIST's are 28x28.");
    }

    [Fact]
    public void A_file_without_images_is_refused()
    {
        WriteAll();
        var path = _folder.Write(TestImages, Idx(0, 28, 28));
        Refused($"{path}: it holds no image.");
    }

    [Fact]
    public void A_label_that_is_no_digit_is_refused()
    {
        WriteAll();
        var labels = Idx(2);
        labels[^1] = 10;
        var path = _folder.Write(TrainLabels, labels);
        Refused($"{path}: label 1 is 10; digits are 0 to 9.");
    }

    [Fact]
    public void Exchanged_files_are_refused()
    {
        WriteAll();
        var path = _folder.Write(TrainImages, Idx(2));
        Refused($"{path}: it has 1 dimensions where 3 are expected.");
    }

    private static (double Mean, double Deviation) Moments(Dataset data)
    {
        var input = new float[data.InputLength];
        var (sum, squares) = (0.0, 0.0);
        for (var index = 0; index < data.Count; index++)
        {
            data.CopyInput(index, input);
            foreach (var pixel in input)
            {
                sum += pixel;
                squares += (double)pixel * pixel;
            }
        }

        var count = (double)data.Count * data.InputLength;
        return (sum / count, Math.Sqrt((squares / count) - (sum / count * (sum / count))));
    }

    private void WriteAll()
    {
        _folder.Write(TrainImages, Idx(2, 28, 28));
        _folder.Write(TrainLabels, Idx(2));
        _folder.Write(TestImages, Idx(2, 28, 28));
        _folder.Write(TestLabels, Idx(2));
    }

    private void Refused(string message) =>
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => Mnist.Load(_folder.Path)).Message);
}
