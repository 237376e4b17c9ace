namespace Cnn;

/// <summary>The state of training after a step.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Epochs">The number of epochs.</param>
/// <param name="Step">The step within the epoch, from 1.</param>
/// <param name="StepsPerEpoch">The number of steps of an epoch.</param>
/// <param name="Loss">The mean loss of the epoch's samples so far, each taken before the step that learned from it.</param>
/// <param name="Accuracy">The part of the epoch's samples so far whose largest output was the right one, 0 to 1.</param>
/// <param name="SamplesPerSecond">The epoch's samples so far by the time they took.</param>
/// <param name="LearningRate">The learning rate of this step, schedule included.</param>
public readonly record struct TrainingProgress(
    int Epoch,
    int Epochs,
    int Step,
    int StepsPerEpoch,
    double Loss,
    double Accuracy,
    double SamplesPerSecond,
    float LearningRate);
