using System;
using System.Collections.Generic;
using Cnn.Generator.Declared;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Emission;

/// <summary>Prints the namespace and the partial declarations around the generated members.</summary>
internal static class TypeShell
{
    public static void Emit(
        CodeWriter writer, TypeIdentity type, string bases, Action<CodeWriter> body, Action<CodeWriter>? document = null)
    {
        var scopes = new Stack<CodeWriter.Scope>();
        if (type.Namespace.Length > 0)
            scopes.Push(writer.Block("namespace " + type.Namespace));
        foreach (var container in type.Containers)
            scopes.Push(writer.Block(container));
        document?.Invoke(writer);
        writer.Line("[global::System.CodeDom.Compiler.GeneratedCode(\"Cnn.Generator\", \"0.1.0\")]");
        using (writer.Block($"partial {type.Keyword} {type.Name}{bases}"))
            body(writer);
        while (scopes.Count > 0)
            scopes.Pop().Dispose();
    }
}
