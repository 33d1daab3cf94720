using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Encryption;

/// <summary>A stored body as its reader sees it. It can be opened anywhere: nothing before that is read or decrypted.</summary>
internal sealed class DecryptedBody : IObjectBody
{
    private readonly IObjectBody _stored;
    private readonly byte[] _dataKey;

    /// <summary>Where each part ends, and its nonce.</summary>
    private readonly (long End, ulong Nonce)[] _parts;

    private DecryptedBody(IObjectBody stored, byte[] dataKey, (long End, ulong Nonce)[] parts) =>
        (_stored, _dataKey, _parts) = (stored, dataKey, parts);

    public long Length => _stored.Length;

    /// <param name="record">The object.</param>
    /// <param name="dataKey">Its data key; null when it is not encrypted.</param>
    public static IObjectBody Of(ObjectRecord record, byte[]? dataKey)
    {
        if (dataKey is null) return record.Body!;
        if (record.Parts.Count == 0) return new DecryptedBody(record.Body!, dataKey, [(record.Length, 0)]);
        (long End, ulong Nonce)[] parts = new (long, ulong)[record.Parts.Count];
        long end = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            PartRecord part = record.Parts[i];
            parts[i] = (end += part.Length, part.Nonce ?? 0);
        }
        return new DecryptedBody(record.Body!, dataKey, parts);
    }

    public async ValueTask<Stream> OpenAsync(long offset, long length, CancellationToken cancellationToken)
    {
        Stream stored = await _stored.OpenAsync(offset, length, cancellationToken).ConfigureAwait(false);
        return new DecryptingStream(stored, new BodyCipher(_dataKey), _parts, offset);
    }
}
