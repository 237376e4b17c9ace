using System.Globalization;
using BenchmarkDotNet.Running;
using Cnn.Benchmarks.Compiler;
using Cnn.Benchmarks.Quick;
using Cnn.Benchmarks.Scaling;
using Cnn.Benchmarks.Tuning;
using Cnn.Benchmarks.Zoo;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case [] or ["--quick"]:
        return QuickRun.Run(compareOnly: false);
    case ["--smoke"]:
        return QuickRun.Run(compareOnly: true);
    case ["zoo", .. var names]:
        return ZooRun.Run(names);
    case ["compiler"]:
        return CompilerRun.Run();
    case ["compile", .. var others] when others.Length < 2:
        return CompileRun.Run(others.Length == 0 ? null : others[0]);
    case ["batches"]:
        return BatchesRun.Run();
    case ["scale"]:
        return ScaleRun.Run();
    case ["threads", .. var names]:
        return ThreadsRun.Run(names);
    case ["tune", "tiles", .. var names]:
        return TilesRun.Run(names);
    case ["tune", .. var names]:
        return TuneRun.Run(names);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(QuickRun).Assembly).Run(args);
        return 0;
}
