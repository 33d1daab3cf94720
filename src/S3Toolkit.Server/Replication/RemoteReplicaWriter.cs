using System.Globalization;
using S3Toolkit.Checksums;
using S3Toolkit.Server.Encryption;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Replication;

/// <summary>
/// Replicas in a bucket of another server, over S3's own operations. What was uploaded in parts goes over in the same parts, so that ETag
/// and checksums stay what they are; checksums go along, so that the other side verifies every byte.
/// </summary>
internal sealed class RemoteReplicaWriter(ReplicationClient client, ReplicaKeys keys, TimeProvider clock) : IReplicaWriter, IDisposable
{
    /// <summary>What a server of ours answers when it has that version.</summary>
    public const string AlreadyThere = "ReplicaAlreadyExists";

    private static readonly TimeSpan AbortTimeout = TimeSpan.FromSeconds(5);

    public async Task WriteAsync(
        ObjectRecord source, BucketRecord sourceBucket, ReplicationDestinationRecord destination, CancellationToken cancellationToken)
    {
        if (source.IsDeleteMarker)
        {
            ReplicationAnswer deleted = await client
                .SendAsync(
                    HttpMethod.Delete, source.Key, "", RemoteHeaders.Identity(source), null, cancellationToken).ConfigureAwait(false);
            if (deleted.ErrorCode != AlreadyThere) deleted.Require();
            return;
        }
        IObjectBody body = DecryptedBody.Of(source, keys.Open(source.Properties.Encryption, sourceBucket.Region));
        ReplicationAnswer answer = source.Parts.Count == 0
            ? await PutAsync(source, body, destination, cancellationToken).ConfigureAwait(false)
            : await PutPartsAsync(source, body, destination, cancellationToken).ConfigureAwait(false);
        if (answer.ErrorCode == AlreadyThere) await UpdateAsync(source, cancellationToken).ConfigureAwait(false);
        else answer.Require();
    }

    public void Dispose() => client.Dispose();

    private async Task<ReplicationAnswer> PutAsync(
        ObjectRecord source, IObjectBody body, ReplicationDestinationRecord destination, CancellationToken cancellationToken)
    {
        List<HeaderField> headers = RemoteHeaders.Of(source, destination, clock.GetUtcNow());
        if (source.Checksum is { IsComposite: false } checksum) headers.Add(new(checksum.Function.ToHeaderName(), checksum.Value));
        return await SendBodyAsync(source.Key, "", headers, body, 0, body.Length, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ReplicationAnswer> PutPartsAsync(
        ObjectRecord source, IObjectBody body, ReplicationDestinationRecord destination, CancellationToken cancellationToken)
    {
        List<HeaderField> headers = RemoteHeaders.Of(source, destination, clock.GetUtcNow());
        if (source.Checksum is { } checksum)
        {
            headers.Add(new("x-amz-checksum-algorithm", checksum.Function.ToAlgorithmName()));
            headers.Add(new("x-amz-checksum-type", checksum.IsComposite ? "COMPOSITE" : "FULL_OBJECT"));
        }
        ReplicationAnswer created = await client
            .SendAsync(HttpMethod.Post, source.Key, "uploads=", headers, null, cancellationToken).ConfigureAwait(false);
        if (created.ErrorCode == AlreadyThere) return created;
        string uploadId = created.Require().Document?.TextOf("UploadId")
            ?? throw new ReplicationException("The destination began no upload.", isTransient: false);
        string query = "uploadId=" + S3UriEncoding.EncodeQuery(uploadId);
        try
        {
            byte[] document = await UploadPartsAsync(source, body, query, cancellationToken).ConfigureAwait(false);
            using ByteArrayContent content = new(document);
            ReplicationAnswer completed = await client
                .SendAsync(HttpMethod.Post, source.Key, query, [], content, cancellationToken).ConfigureAwait(false);
            return completed.ErrorCode == AlreadyThere ? completed : completed.Require();
        }
        catch
        {
            await AbortAsync(source.Key, query).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The parts must not stay, but who is away or hangs must not hold up the server's end either.</summary>
    private async Task AbortAsync(string key, string query)
    {
        using CancellationTokenSource limit = new(AbortTimeout, TimeProvider.System);
        try
        {
            await client.SendAsync(HttpMethod.Delete, key, query, [], null, limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ReplicationException or OperationCanceledException)
        {
            // what failed before is what is told
        }
    }

    /// <summary>The document that completes the upload.</summary>
    private async Task<byte[]> UploadPartsAsync(ObjectRecord source, IObjectBody body, string query, CancellationToken cancellationToken)
    {
        S3XmlWriter writer = new();
        writer.Root("CompleteMultipartUpload");
        long offset = 0;
        foreach (PartRecord part in source.Parts)
        {
            string number = part.PartNumber.ToString(CultureInfo.InvariantCulture);
            HeaderField[] headers = part.Checksum is { } checksum ? [new(checksum.Function.ToHeaderName(), checksum.Value)] : [];
            ReplicationAnswer answer = await SendBodyAsync(
                source.Key, $"partNumber={number}&{query}", headers, body, offset, part.Length, cancellationToken).ConfigureAwait(false);
            writer.Start("Part");
            writer.Element("PartNumber", part.PartNumber);
            writer.Element("ETag", answer.Require().ETag);
            writer.Checksum(part.Checksum, withType: false);
            writer.End("Part");
            offset += part.Length;
        }
        writer.End("CompleteMultipartUpload");
        return writer.ToMemory().ToArray();
    }

    private async Task<ReplicationAnswer> SendBodyAsync(
        string key, string query, IReadOnlyList<HeaderField> headers, IObjectBody body, long offset, long length,
        CancellationToken cancellationToken)
    {
        Stream stream = await body.OpenAsync(offset, length, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            using StreamContent content = new(stream);
            content.Headers.ContentLength = length;
            return await client.SendAsync(HttpMethod.Put, key, query, headers, content, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Brings what is kept beside the bytes of a replica up to date.</summary>
    private async Task UpdateAsync(ObjectRecord source, CancellationToken cancellationToken)
    {
        await PutAsync(source, "tagging", TagWriter.Document(source.Tags), cancellationToken).ConfigureAwait(false);
        if (source.Lock?.Retention is { } retention && retention.RetainUntil > clock.GetUtcNow())
            await PutAsync(source, "retention", RemoteLock.Retention(retention), cancellationToken).ConfigureAwait(false);
        if (source.Lock?.LegalHold is { } isOn)
            await PutAsync(source, "legal-hold", RemoteLock.Hold(isOn), cancellationToken).ConfigureAwait(false);
    }

    private async Task PutAsync(ObjectRecord source, string subresource, ReadOnlyMemory<byte> document, CancellationToken cancellationToken)
    {
        HeaderField[] headers =
        [
            new(ChecksumFunction.Crc32.ToHeaderName(), IncrementalChecksum.ComputeBase64(ChecksumFunction.Crc32, document.Span)),
            // A retention that was shortened here is shortened there.
            new("x-amz-bypass-governance-retention", "true"),
        ];
        using ReadOnlyMemoryContent content = new(document);
        string query = $"{subresource}=&versionId={S3UriEncoding.EncodeQuery(source.VersionId)}";
        (await client.SendAsync(HttpMethod.Put, source.Key, query, headers, content, cancellationToken).ConfigureAwait(false)).Require();
    }
}
