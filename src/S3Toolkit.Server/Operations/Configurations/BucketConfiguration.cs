using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Configurations;

/// <summary>
/// What a bucket can be told once: an XML document that is read and judged when it is put, kept as a value, and written out when it is
/// asked for. Get, put and delete are the same for all of them; a kind says only what differs.
/// </summary>
/// <typeparam name="T">The value.</typeparam>
internal sealed class BucketConfiguration<T>
    where T : class
{
    /// <summary>The name of the document's root.</summary>
    public required string Root { get; init; }

    /// <summary>The document to the value. Throws <see cref="S3ErrorException"/> for what S3 refuses.</summary>
    public required Func<S3XmlNode, OperationContext, T> Read { get; init; }

    /// <summary>The value as the content of the root.</summary>
    public required Action<S3XmlWriter, T> Write { get; init; }

    /// <summary>The value of a bucket; null when it has none.</summary>
    public required Func<BucketRecord, T?> Of { get; init; }

    /// <summary>The bucket with another value, or with none.</summary>
    public required Func<BucketRecord, T?, BucketRecord> With { get; init; }

    /// <summary>What S3 answers for a bucket that has none.</summary>
    public required Func<string, S3Error> Missing { get; init; }

    /// <summary>What S3 looks up elsewhere before it takes the value; null when it looks nothing up.</summary>
    public Func<T, OperationContext, CancellationToken, ValueTask>? CheckAsync { get; init; }

    /// <summary>What S3 does once the value is kept; null when it does nothing.</summary>
    public Action<T, OperationContext>? Told { get; init; }

    /// <summary>
    /// Throws when the bucket, as it is in the step that writes, cannot have the value: what another request changed since this one began
    /// counts. Null when every bucket can.
    /// </summary>
    public Action<BucketRecord, T, OperationContext>? Judge { get; init; }

    /// <summary>The status of a put; 200 but for some of the oldest.</summary>
    public int PutStatus { get; init; } = 200;

    /// <summary>The largest document, in bytes, where S3 has a smaller limit than that of all documents.</summary>
    public int MaxBytes { get; init; } = int.MaxValue;

    /// <summary>S3 takes the document only with Content-MD5 or a checksum.</summary>
    public bool NeedsDigest { get; init; }

    public ValueTask<S3Response> GetAsync(OperationContext context, CancellationToken cancellationToken)
    {
        T value = Of(context.Bucket!) ?? throw Missing(context.BucketName).ToException();
        S3XmlWriter writer = new();
        writer.Root(Root);
        Write(writer, value);
        writer.End(Root);
        return new(S3Response.Xml(writer.ToMemory()));
    }

    public async ValueTask<S3Response> PutAsync(OperationContext context, CancellationToken cancellationToken)
    {
        S3XmlNode document = (await BodyReader
            .XmlAsync(context, Root, cancellationToken, needsDigest: NeedsDigest, maxBytes: MaxBytes)
            .ConfigureAwait(false))!;
        T value = Read(document, context);
        if (CheckAsync is { } check) await check(value, context, cancellationToken).ConfigureAwait(false);
        await SetAsync(context, value, cancellationToken).ConfigureAwait(false);
        Told?.Invoke(value, context);
        return new S3Response(PutStatus);
    }

    public async ValueTask<S3Response> DeleteAsync(OperationContext context, CancellationToken cancellationToken)
    {
        await SetAsync(context, null, cancellationToken).ConfigureAwait(false);
        return S3Response.NoContent();
    }

    private async ValueTask SetAsync(OperationContext context, T? value, CancellationToken cancellationToken) =>
        (await context.Storage.UpdateBucketAsync(context.BucketName, bucket => Changed(bucket, value, context), cancellationToken)
            .ConfigureAwait(false)).ThrowUnlessDone(context);

    private BucketRecord Changed(BucketRecord bucket, T? value, OperationContext context)
    {
        if (value is not null) Judge?.Invoke(bucket, value, context);
        return With(bucket, value);
    }
}
