using System.IO;

namespace Cnn.Tests.Training;

/// <summary>All that a trainer and its network would write to files.</summary>
internal static class TrainerState
{
    /// <summary>The bytes of the network's file and those of a checkpoint, one after the other.</summary>
    public static byte[] Of<TNetwork>(Trainer<TNetwork> trainer, TNetwork network)
        where TNetwork : class, INetwork<TNetwork>
    {
        using var weights = new MemoryStream();
        NetworkWeights.Save(network, weights);
        return [.. weights.ToArray(), .. Checkpoint(trainer)];
    }

    public static byte[] Checkpoint<TNetwork>(Trainer<TNetwork> trainer)
        where TNetwork : class, INetwork<TNetwork>
    {
        var file = Path.GetTempFileName();
        try
        {
            trainer.SaveCheckpoint(file);
            return File.ReadAllBytes(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
