using System.Reflection;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Tests.Support;

/// <summary>A storage that does what another does, but for the calls that a test answers itself.</summary>
#pragma warning disable CA1852 // DispatchProxy derives from it.
internal class StorageProxy : DispatchProxy
#pragma warning restore CA1852
{
    private IS3Storage _inner = null!;
    private Func<string, object?[], object?> _answer = null!;

    /// <param name="inner">The storage.</param>
    /// <param name="answer">The name of a call and its arguments to its answer, or to an exception; null lets it through.</param>
    public static IS3Storage Over(IS3Storage inner, Func<string, object?[], object?> answer)
    {
        IS3Storage storage = Create<IS3Storage, StorageProxy>();
        StorageProxy proxy = (StorageProxy)(object)storage;
        (proxy._inner, proxy._answer) = (inner, answer);
        return storage;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        _answer(targetMethod!.Name, args ?? []) ?? targetMethod.Invoke(_inner, args);
}
