using System.Collections.Generic;

namespace Cnn.Generator.Schedules;

/// <summary>The numbers that decide the schedule of a dense layer.</summary>
internal static class DenseThresholds
{
    /// <summary>The floats of weights from which they come from so far that each block of outputs is worth a run of memory of its own.</summary>
    public const int FarWeights = 256 * 1024;

    /// <summary>The sums that 16 registers hold beside a broadcast; weights come from memory.</summary>
    public const int Sums = 15;

    /// <summary>Vectors of outputs that hide the latency of the multiply-add by themselves.</summary>
    public const int ManyVectors = 8;

    /// <summary>Inputs of a turn if the vectors are fewer, each with sums of its own.</summary>
    public const int MostInterleaved = 4;

    /// <summary>Vectors of a block that one turn computes; a block of more takes two.</summary>
    public const int MostVectors = 16;

    /// <summary>The samples of a tile of a batch.</summary>
    public const int Samples = 6;

    /// <summary>Outputs of a block: whole vectors of 512 bits, enough to fill the registers at 256 bits.</summary>
    public static readonly IReadOnlyList<int> Blocks = [112, 96, 80, 64];
}
