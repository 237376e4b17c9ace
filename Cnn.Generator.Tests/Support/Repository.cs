using System;
using System.IO;

namespace Cnn.Generator.Tests.Support;

/// <summary>Files of the project, found from the place of this source file, wherever the build puts its output.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string FindRoot([System.Runtime.CompilerServices.CallerFilePath] string file = "")
    {
        for (var folder = System.IO.Path.GetDirectoryName(file); folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            if (File.Exists(System.IO.Path.Combine(folder, "Cnn.sln")))
                return folder;
        }

        throw new InvalidOperationException("No Cnn.sln above " + file + ".");
    }
}
