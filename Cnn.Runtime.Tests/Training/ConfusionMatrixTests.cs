using System;
using System.Globalization;
using Xunit;

namespace Cnn.Tests.Training;

public sealed class ConfusionMatrixTests
{
    private static readonly ConfusionMatrix Matrix = new(3, [1000, 2, 0, 4, 5, 0, 7, 8, 0]);

    [Fact]
    public void Rows_are_actual_and_columns_predicted()
    {
        Assert.Equal(2, Matrix[0, 1]);
        Assert.Equal(4, Matrix[1, 0]);
        Assert.Equal(1026, Matrix.Total);
        Assert.Equal(1005, Matrix.Correct);
        Assert.Equal(1005.0 / 1026, Matrix.Accuracy);
    }

    [Fact]
    public void Precision_is_by_column_and_recall_by_row()
    {
        Assert.Equal(1000.0 / 1011, Matrix.Precision(0));
        Assert.Equal(1000.0 / 1002, Matrix.Recall(0));
        Assert.Equal(5.0 / 15, Matrix.Precision(1));
        Assert.Equal(5.0 / 9, Matrix.Recall(1));
        Assert.Equal(double.NaN, Matrix.Precision(2));
        Assert.Equal(0, Matrix.Recall(2));
    }

    [Fact]
    public void Intersection_over_union_counts_a_class_by_all_that_is_it_or_was_taken_for_it()
    {
        Assert.Equal(1000.0 / 1013, Matrix.IntersectionOverUnion(0));
        Assert.Equal(5.0 / 19, Matrix.IntersectionOverUnion(1));
        Assert.Equal(0, Matrix.IntersectionOverUnion(2));
        Assert.Equal(((1000.0 / 1013) + (5.0 / 19) + 0) / 3, Matrix.MeanIntersectionOverUnion);

        var absent = new ConfusionMatrix(3, [4, 1, 0, 0, 5, 0, 0, 0, 0]);
        Assert.Equal(double.NaN, absent.IntersectionOverUnion(2));
        Assert.Equal(((4.0 / 5) + (5.0 / 6)) / 2, absent.MeanIntersectionOverUnion);
        Assert.Equal(double.NaN, new ConfusionMatrix(1, [0]).MeanIntersectionOverUnion);
        Assert.Throws<ArgumentOutOfRangeException>("actual", () => Matrix.IntersectionOverUnion(3));
    }

    [Fact]
    public void The_text_is_aligned_and_the_same_in_every_culture()
    {
        const string Expected =
            "actual \\ predicted       0       1       2  recall\n" +
            "                 0    1000       2       0   99.8%\n" +
            "                 1       4       5       0   55.6%\n" +
            "                 2       7       8       0    0.0%\n" +
            "         precision   98.9%   33.3%       -   98.0%\n";
        var culture = CultureInfo.CurrentCulture;
        try
        {
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = comma;
            Assert.Equal(Expected, Matrix.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Counts_of_the_wrong_number_negative_counts_and_unknown_classes_are_refused()
    {
        Assert.Throws<ArgumentException>("counts", () => new ConfusionMatrix(2, [1, 2, 3]));
        Assert.Throws<ArgumentException>("counts", () => new ConfusionMatrix(2, [1, 2, 3, -1]));
        Assert.Throws<ArgumentOutOfRangeException>("classes", () => new ConfusionMatrix(0, []));
        Assert.Throws<ArgumentOutOfRangeException>("actual", () => Matrix[3, 0]);
        Assert.Throws<ArgumentOutOfRangeException>("predicted", () => Matrix[0, -1]);
        Assert.Throws<ArgumentOutOfRangeException>("predicted", () => Matrix.Precision(3));
        Assert.Throws<ArgumentOutOfRangeException>("actual", () => Matrix.Recall(-1));
    }
}
