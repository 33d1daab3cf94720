using S3Toolkit.Server.Encryption;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Replication;

/// <summary>Data keys of bodies that are replicated: opened by the server's own ring, without a request.</summary>
internal sealed class ReplicaKeys(KeyRing ring, string accountId)
{
    /// <summary>Null when the bytes are stored as they came.</summary>
    public byte[]? Open(EncryptionRecord encryption, string region)
    {
        if (encryption.SealedKey is null) return null;
        byte[] wrappingKey = encryption.KmsKeyId is { } keyId
            ? Find(keyId, region, KmsKeyName.Parse(keyId)?.AccountId).Secret
            : ring.ServerKey;
        return KeySeal.TryOpen(wrappingKey, encryption.SealedKey, DataKeys.Bound(encryption))
            ?? throw new ReplicationException("The object's data key cannot be opened.", isTransient: false);
    }

    /// <summary>The same data key under the key that the rule names: the body stays as it is.</summary>
    public EncryptionRecord Reseal(EncryptionRecord encryption, string region, string? replicaKeyId, string replicaRegion)
    {
        if (encryption.KmsKeyId is null || replicaKeyId is null) return encryption;
        byte[] dataKey = Open(encryption, region)!;
        KmsKey key = Find(replicaKeyId, replicaRegion);
        EncryptionRecord replica = encryption with { KmsKeyId = key.Name.ToArn(replicaRegion, accountId) };
        return replica with { SealedKey = KeySeal.Seal(key.Secret, dataKey, DataKeys.Bound(replica)) };
    }

    /// <param name="keyId">How it is named.</param>
    /// <param name="region">Where names without a region are looked for.</param>
    /// <param name="storedAccountId">The account of who was the root when the object was stored; null for that of today.</param>
    private KmsKey Find(string keyId, string region, string? storedAccountId = null) =>
        (KmsKeyName.Parse(keyId) is { } name ? ring.Find(name, region, storedAccountId ?? accountId) : null)
        ?? throw new ReplicationException("The KMS has no such key.", isTransient: false);
}
