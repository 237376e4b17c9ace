namespace Cnn.Generator.Declared;

/// <summary>What the properties of the user's project say.</summary>
/// <param name="ChecksMemory">CnnCheckMemory: whether inference checks its memory.</param>
/// <param name="SharedWork">CnnSharedWork: the multiply-adds from which threads share one inference.</param>
internal sealed record BuildOptions(bool ChecksMemory, long SharedWork)
{
    /// <summary>
    /// The multiply-adds from which threads share one inference unless the project says otherwise: about a millisecond of one thread. To wake
    /// another takes some 50 us.
    /// </summary>
    public const long UsualSharedWork = 30_000_000;

    /// <summary>Of a project that sets none.</summary>
    public static readonly BuildOptions Default = new(false, UsualSharedWork);
}
