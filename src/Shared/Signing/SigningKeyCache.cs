using System.Collections.Concurrent;

namespace S3Toolkit.Signing;

/// <summary>Remembers derived keys: they change once a day, and deriving one costs four HMACs a request.</summary>
/// <param name="capacity">Keys kept. A scope names whatever region a stranger asks for, so the cache must not grow with requests.</param>
internal sealed class SigningKeyCache(int capacity = 256)
{
    private readonly ConcurrentDictionary<(string Secret, CredentialScope Scope), byte[]> _keys = new();

    public int Count => _keys.Count;

    /// <summary>The signing key; the caller must not change the array.</summary>
    public byte[] Get(string secretAccessKey, CredentialScope scope)
    {
        if (_keys.TryGetValue((secretAccessKey, scope), out byte[]? key)) return key;

        key = SigningKey.Derive(secretAccessKey, scope);
        // Starting over is rare (a new day) and needs no bookkeeping a lookup would have to pay for.
        if (_keys.Count >= capacity) _keys.Clear();
        _keys[(secretAccessKey, scope)] = key;
        return key;
    }
}
