using System.Buffers;
using S3Toolkit.Server.Encryption;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>Reads bodies to their end and verifies them: into the storage, or as an XML document.</summary>
internal static class BodyReader
{
    /// <summary>Reads the payload into a staged body. The caller disposes it; nothing is visible before it is committed.</summary>
    public static async ValueTask<StagedBody> StageAsync(
        OperationContext context, BodyDigest digest, BodyCipher? cipher, CancellationToken cancellationToken, ulong nonce = 0)
    {
        long? declared = context.Authenticated.DecodedContentLength;
        if (declared is null || !context.Request.TellsBody) throw S3Errors.MissingContentLength().ToException();
        if (declared > context.Options.MaxBodyBytes) throw S3Errors.EntityTooLarge(declared.Value, context.Options.MaxBodyBytes)
            .ToException();
        StagedBody staged = await context.Storage.StageAsync(declared, cancellationToken).ConfigureAwait(false);
        try
        {
            await CopyAsync(context.Authenticated.Body, staged, digest, declared.Value, cipher, cancellationToken, nonce)
                .ConfigureAwait(false);
            if (staged.Length != declared) throw S3Errors.IncompleteBody().ToException();
            return staged;
        }
        catch
        {
            await staged.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Copies until the source ends; more than <paramref name="maxBytes"/> is an error. Digests are of what came; what the storage gets
    /// is encrypted already.
    /// </summary>
    public static async ValueTask CopyAsync(
        Stream source, StagedBody staged, BodyDigest digest, long maxBytes, BodyCipher? cipher, CancellationToken cancellationToken,
        ulong nonce = 0)
    {
        while (true)
        {
            Memory<byte> memory = staged.GetMemory();
            int count = await source.ReadAsync(memory, cancellationToken).ConfigureAwait(false);
            if (count == 0) return;
            digest.Append(memory.Span[..count]);
            cipher?.Apply(nonce, staged.Length, memory.Span[..count]);
            await staged.AdvanceAsync(count, cancellationToken).ConfigureAwait(false);
            if (staged.Length > maxBytes) throw S3Errors.EntityTooLarge(staged.Length, maxBytes).ToException();
        }
    }

    /// <summary>Reads an XML request. An empty body gives null, unless it is required.</summary>
    /// <param name="context">The request.</param>
    /// <param name="root">The name that the root element must have.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="isRequired">An empty body is an error.</param>
    /// <param name="needsDigest">S3 demands Content-MD5 or a checksum.</param>
    /// <param name="describesBody">The checksum headers are about this body; in CompleteMultipartUpload they are about the object.</param>
    /// <param name="maxBytes">A limit of this document that is smaller than that of all.</param>
    public static async ValueTask<S3XmlNode?> XmlAsync(
        OperationContext context, string root, CancellationToken cancellationToken, bool isRequired = true, bool needsDigest = false,
        bool describesBody = true, int maxBytes = int.MaxValue)
    {
        using BodyDigest digest = describesBody
            ? new(context.Request.Headers, context.Authenticated.Trailers, null)
            : BodyDigest.Unchecked(null);
        if (needsDigest && !digest.IsGuarded) throw S3Errors.MissingHeader("Content-MD5 OR x-amz-checksum-*").ToException();
        ReadOnlyMemory<byte> document = await WholeAsync(context, digest, maxBytes, cancellationToken).ConfigureAwait(false);
        if (document.Length == 0)
        {
            if (isRequired) throw S3Errors.MissingRequestBody().ToException();
            return null;
        }
        S3XmlNode? node = S3XmlNode.TryParse(document, context.Options.MaxXmlElements, context.Options.MaxXmlDepth);
        return node?.Name == root ? node : throw S3Errors.MalformedXml().ToException();
    }

    /// <summary>Reads a request that is no XML, whole and verified.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>> DocumentAsync(OperationContext context, CancellationToken cancellationToken)
    {
        using BodyDigest digest = new(context.Request.Headers, context.Authenticated.Trailers, null);
        return await WholeAsync(context, digest, int.MaxValue, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<ReadOnlyMemory<byte>> WholeAsync(
        OperationContext context, BodyDigest digest, int maxBytes, CancellationToken cancellationToken)
    {
        maxBytes = Math.Min(maxBytes, context.Options.MaxXmlBodyBytes);
        ArrayBufferWriter<byte> document = new(1024);
        while (true)
        {
            Memory<byte> memory = document.GetMemory(1024);
            int count = await context.Authenticated.Body.ReadAsync(memory, cancellationToken).ConfigureAwait(false);
            if (count == 0) break;
            digest.Append(memory.Span[..count]);
            document.Advance(count);
            if (document.WrittenCount > maxBytes) throw S3Errors.MaxMessageLengthExceeded(maxBytes).ToException();
        }
        digest.Verify();
        return document.WrittenMemory;
    }
}
