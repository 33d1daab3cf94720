using System.Security.Cryptography;
using System.Text;

namespace S3Toolkit.Server.Encryption;

/// <summary>A key of the ring, with its names and its secret.</summary>
internal sealed class KmsKey
{
    private readonly S3KmsKey _key;
    private readonly KmsKeyName? _alias;

    public KmsKey(S3KmsKey key, byte[] secret)
    {
        _key = key;
        Secret = secret;
        Name = KmsKeyName.Parse(key.Id)!; // S3KmsKey takes no other
        if (!Name.IsAlias) return;
        _alias = Name;
        // Its own id follows from the alias: the same after each start, also of a server that keeps nothing.
        Guid id = new(SHA256.HashData(Encoding.UTF8.GetBytes(_alias.Resource)).AsSpan(0, 16));
        Name = _alias with { Resource = "key/" + id.ToString("D") };
    }

    public string Id => _key.Id;

    public bool IsEnabled => _key.IsEnabled;

    /// <summary>The key's own name, which answers tell.</summary>
    public KmsKeyName Name { get; }

    public byte[] Secret { get; }

    /// <summary>The same key with another secret.</summary>
    public KmsKey With(byte[] secret) => new(_key, secret);

    /// <summary>Whether a name, asked from somewhere, means this key.</summary>
    public bool IsNamed(KmsKeyName name, string region, string accountId)
    {
        KmsKeyName asked = name.In(region, accountId);
        return asked == Name.In(region, accountId) || asked == _alias?.In(region, accountId);
    }
}
