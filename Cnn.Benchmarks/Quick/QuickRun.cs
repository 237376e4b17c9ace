using System;
using System.IO;
using Cnn.Benchmarks.Networks;

namespace Cnn.Benchmarks.Quick;

/// <summary>Everything in under two minutes: contenders in alternation, each compared with ours before it is timed.</summary>
internal static class QuickRun
{
    /// <summary>Runs and returns the exit code: 1 if results disagree or the digits are missing.</summary>
    /// <param name="compareOnly">Whether only results are compared and nothing is measured.</param>
    public static int Run(bool compareOnly)
    {
        try
        {
            Console.WriteLine(ThisMachine.Description);
            var digits = Digits.Load();
            var lecture = new LectureLeNet(seed: 1);
            ForwardSection.Run(
                LeNetShape.Lecture,
                lecture,
                (image, output) => lecture.Forward(image, output),
                Digits.Image(digits, LeNetShape.Lecture),
                compareOnly);
            var mnist = new MnistLeNet(seed: 1);
            ForwardSection.Run(
                LeNetShape.Mnist,
                mnist,
                (image, output) => mnist.Forward(image, output),
                Digits.Image(digits, LeNetShape.Mnist),
                compareOnly);
            TrainingSection.Run(digits, compareOnly);
            if (!compareOnly)
                GeneratorSection.Run();
            return 0;
        }
        catch (Exception fault) when (fault is DisagreementException or IOException or InvalidDataException)
        {
            Console.Error.WriteLine(fault.Message);
            return 1;
        }
    }
}
