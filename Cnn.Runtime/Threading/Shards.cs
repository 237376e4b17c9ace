namespace Cnn;

/// <summary>Cuts a range of samples into contiguous shards whose lengths differ by one at most.</summary>
internal static class Shards
{
    /// <summary>The first index of a shard; for <paramref name="shard"/> = <paramref name="shards"/>, the count.</summary>
    public static int Start(int shard, int shards, int count) => (int)((long)shard * count / shards);
}
