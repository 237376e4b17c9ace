using System;
using System.Globalization;
using System.IO;
using NativeExample;
using ZooExample;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
double? started = null;
switch (args)
{
    case []:
        break;

    case ["--started", var seconds] when double.TryParse(seconds, out var time):
        started = time;
        break;

    default:
        Console.Error.WriteLine("Native: give no argument, or --started and the seconds since 1970 at which you start it.");
        return 1;
}

// Before anything else: the clock runs since the process was started.
var leNet5 = new Subject(nameof(LeNet5), new LeNet5(seed: 1).Predict, LeNet5.InputLength);
var resNet8 = new Subject(nameof(ResNet8), new ResNet8(seed: 1).Predict, ResNet8.InputLength);

var executable = new FileInfo(Environment.ProcessPath!);
Console.WriteLine($"{executable.Name}: {executable.Length:N0} bytes");
foreach (var subject in (Subject[])[leNet5, resNet8])
{
    var first = started is null ? "" : $", the first {(subject.FirstDone - started) * 1e3:F2} ms after the start";
    Console.WriteLine($"{subject.Name}: {subject.Median():F1} us a prediction{first}");
}

return 0;
