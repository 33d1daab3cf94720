using System.Security.Cryptography;

namespace S3Toolkit.Server.Encryption;

/// <summary>The keys of a server: its own, those of its KMS, and the default one of that, which is made when it is first needed.</summary>
internal sealed class KeyRing
{
    /// <summary>No name that a KMS key can have.</summary>
    private const string ServerKeyName = "the server's own";

    private readonly Lock _gate = new();
    private readonly KeyFile? _file;
    private readonly Dictionary<string, byte[]> _secrets;
    private readonly List<KmsKey> _keys = [];

    /// <param name="folder">Where the secrets are kept; null keeps them in memory.</param>
    /// <param name="keys">Those that must be there.</param>
    /// <exception cref="IOException">The secrets cannot be read.</exception>
    public KeyRing(string? folder, IEnumerable<S3KmsKey> keys)
    {
        _file = folder is null ? null : new KeyFile(folder);
        _secrets = _file?.Read() ?? [];
        lock (_gate)
        {
            foreach (S3KmsKey key in keys) Add_NeedsLock(key);
            // What was encrypted with a key that is no longer asked for must still be readable.
            foreach (string id in _secrets.Keys.Where(id => id != ServerKeyName && !_keys.Exists(key => key.Id == id)).ToArray())
                Add_NeedsLock(new S3KmsKey(id));
        }
    }

    /// <summary>The same keys in memory only, for a snapshot.</summary>
    public KeyRing Copy()
    {
        KeyRing copy = new(null, []);
        copy.Take(this);
        return copy;
    }

    /// <summary>
    /// Takes over the keys of a snapshot, so that what was encrypted with them can be read. Further keys of this ring stay, and whether one
    /// that both have may be used is still told by this ring's.
    /// </summary>
    public void Take(KeyRing image)
    {
        Dictionary<string, byte[]> secrets;
        KmsKey[] keys;
        lock (image._gate) (secrets, keys) = (new(image._secrets), [.. image._keys]);
        lock (_gate)
        {
            foreach ((string name, byte[] secret) in secrets) _secrets[name] = secret;
            foreach (KmsKey key in keys)
            {
                int own = _keys.FindIndex(item => item.Id == key.Id);
                if (own < 0) _keys.Add(key);
                else _keys[own] = _keys[own].With(key.Secret);
            }
        }
    }

    /// <summary>The key of SSE-S3.</summary>
    public byte[] ServerKey
    {
        get
        {
            lock (_gate) return Secret_NeedsLock(ServerKeyName);
        }
    }

    /// <summary>The key of a name, asked from a region of an account; null when there is none.</summary>
    public KmsKey? Find(KmsKeyName name, string region, string accountId)
    {
        lock (_gate)
        {
            if (_keys.Find(key => key.IsNamed(name, region, accountId)) is { } found) return found;
            bool isDefault = name.In(region, accountId) == new KmsKeyName(KmsKeyName.DefaultAlias, region, accountId);
            return isDefault ? Add_NeedsLock(new S3KmsKey(KmsKeyName.DefaultAlias)) : null;
        }
    }

    private KmsKey Add_NeedsLock(S3KmsKey key)
    {
        KmsKey added = new(key, Secret_NeedsLock(key.Id));
        _keys.Add(added);
        return added;
    }

    /// <summary>A secret is kept before it is used.</summary>
    private byte[] Secret_NeedsLock(string name)
    {
        if (_secrets.TryGetValue(name, out byte[]? secret)) return secret;
        secret = RandomNumberGenerator.GetBytes(CounterCipher.KeyBytes);
        _file?.Write(new Dictionary<string, byte[]>(_secrets) { [name] = secret });
        _secrets.Add(name, secret);
        return secret;
    }
}
