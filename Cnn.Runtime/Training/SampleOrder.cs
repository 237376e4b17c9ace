namespace Cnn;

/// <summary>The order of the samples in each epoch: each is drawn from the one before.</summary>
/// <param name="seed">Seeds what is drawn.</param>
/// <param name="count">The samples.</param>
internal sealed class SampleOrder(int seed, int count)
{
    private readonly int[] _samples = new int[count];
    private int _epochs;

    /// <summary>Gets the samples in the order of the present epoch.</summary>
    public int[] Samples => _samples;

    /// <summary>Whether it is the order of this seed and this number of samples.</summary>
    public bool IsOf(int ofSeed, int ofCount) => (ofSeed, ofCount) == (seed, count);

    /// <summary>Goes to an epoch, from 0 on.</summary>
    public void MoveTo(int epoch)
    {
        if (_epochs == 0 || epoch < _epochs - 1)
        {
            for (var sample = 0; sample < _samples.Length; sample++)
                _samples[sample] = sample;
            _epochs = 0;
        }

        for (; _epochs <= epoch; _epochs++)
            Rng.Stream((ulong)seed, (ulong)_epochs).Shuffle(_samples);
    }
}
