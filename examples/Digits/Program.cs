using System;
using System.Globalization;
using DigitsExample;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is not ([] or ["--numbers"]))
{
    Console.Error.WriteLine("Digits: give no argument, or --numbers for the probabilities of the ten digits alone, a line for each drawing.");
    return 1;
}

var image = new float[LeNet5.InputLength];
var probabilities = new float[LeNet5.OutputLength];
var mistakes = 0;
foreach (var (digit, drawing) in Drawings.All)
{
    Drawings.Read(drawing, image);
    LeNet5.Pretrained.Forward(image, probabilities);
    var found = LeNet5.Pretrained.Predict(image);
    mistakes += found == digit ? 0 : 1;
    if (args.Length > 0)
    {
        Console.WriteLine(string.Join(' ', probabilities));
        continue;
    }

    Console.WriteLine(drawing);
    Console.WriteLine($"{found}, with a probability of {probabilities[found]:P1}");
    Console.WriteLine();
}

return mistakes == 0 ? 0 : 1;
