namespace Cnn;

/// <summary>Work that falls into parts which do not depend on each other.</summary>
internal interface IForkJoinWork
{
    /// <summary>Does one part. Called from any thread, each part once.</summary>
    /// <param name="part">0 to parts - 1.</param>
    void Execute(int part);
}
