using Cnn.Generator.Graph;

namespace Cnn.Generator.Emission;

internal static class Backend
{
    public static CompiledNetwork Compile(Network declared) => CompilerPipeline.Lower(declared);
}
