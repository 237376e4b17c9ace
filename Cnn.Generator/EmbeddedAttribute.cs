using System;

namespace Microsoft.CodeAnalysis;

/// <summary>Hides a type from other assemblies, even from those that see internals. The C# compiler knows it by its name.</summary>
internal sealed class EmbeddedAttribute : Attribute;
