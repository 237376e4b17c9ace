using System;
using System.Linq;
using Xunit;

namespace Cnn.Tests.Training;

/// <summary>Evaluation of more classes than allow a counter per pair of them.</summary>
public sealed class ManyClassesTests
{
    private const long MostBytes = 8_000_000;

    [Fact]
    public void Any_number_of_classes_is_evaluated_in_the_memory_of_the_samples()
    {
        Check<C256>();
        Check<C257>();
        Check<C4000>();
        Check<C46341>();
        Check<C65537>();
    }

    /// <summary>Two threads of 200 samples: two thirds are right, the others are taken for the next class.</summary>
    private static void Check<TClasses>()
        where TClasses : IClasses
    {
        const int Samples = 201;
        var labels = Enumerable.Range(0, Samples).Select(i => TClasses.Count - 2 - (i / 3 % 50)).ToArray();
        var inputs = labels.Select((label, i) => (float)(label + (i % 3 == 2 ? 1 : 0))).ToArray();
        var data = Dataset.FromArrays(inputs, labels, 1, TClasses.Count);
        using var alone = new Trainer<IndexNetwork<TClasses>>(new IndexNetwork<TClasses>(), new Sgd(0.1f));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var expected = alone.Evaluate(data);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);

        using var trainer = new Trainer<IndexNetwork<TClasses>>(new IndexNetwork<TClasses>(), new Sgd(0.1f), threads: 2);
        var evaluation = trainer.Evaluate(data);
        Assert.Equal(expected.Confusion!.Counts, evaluation.Confusion!.Counts);
        var confusion = evaluation.Confusion;
        Assert.Equal(2.0 / 3, evaluation.Accuracy);
        Assert.Equal(2.0 / 3, confusion.Accuracy);
        Assert.Equal(Math.Log(Math.E + TClasses.Count - 1) - (2.0 / 3), evaluation.Loss, 1e-6);
        Assert.Equal(Samples, confusion.Total);
        Assert.Equal(134, confusion.Correct);
        Assert.Equal(100, confusion.Counts.Count);
        Assert.Equal(Samples, confusion.Counts.Sum(entry => entry.Count));
        Assert.All(confusion.Counts, entry => Assert.Equal(entry.Count, confusion[entry.Actual, entry.Predicted]));
        Assert.Equal(confusion.Counts.OrderBy(entry => (entry.Actual, entry.Predicted)), confusion.Counts);
        var last = TClasses.Count - 2;
        Assert.Equal((4, 2, 0, 0), (confusion[last, last], confusion[last, last + 1], confusion[last, 0], confusion[0, last]));
        Assert.Equal((2.0 / 3, 2.0 / 3), (confusion.Recall(last), confusion.Recall(last - 40)));
        Assert.Equal(4.0 / 6, confusion.Precision(last));
        Assert.Equal(double.NaN, confusion.Precision(0));
        Assert.InRange(confusion.MeanIntersectionOverUnion, 0.3, 0.6);
        Assert.InRange(confusion.ToString().Length, 100, 2_000_000);
        if (TClasses.Count > 256)
            Assert.StartsWith(FormattableString.Invariant($"{TClasses.Count:N0} classes, 201 samples, accuracy 66.7%\n"), confusion.ToString());
    }

    private sealed class C256 : IClasses
    {
        public static int Count => 256;
    }

    private sealed class C257 : IClasses
    {
        public static int Count => 257;
    }

    private sealed class C4000 : IClasses
    {
        public static int Count => 4_000;
    }

    private sealed class C46341 : IClasses
    {
        public static int Count => 46_341;
    }

    private sealed class C65537 : IClasses
    {
        public static int Count => 65_537;
    }
}
