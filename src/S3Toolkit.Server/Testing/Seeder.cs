using System.Globalization;
using System.Text;
using S3Toolkit.Server.Authentication;
using S3Toolkit.Server.Operations.Buckets;
using S3Toolkit.Server.Operations.Catalog;
using S3Toolkit.Server.Operations.Objects;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Testing;

/// <summary>
/// Runs the operations themselves as the server's owner, past signature, access, log and faults: a seeded object is in all its parts what
/// a put one is.
/// </summary>
internal sealed class Seeder(ServerCore server)
{
    public async Task EnsureBucketAsync(string bucketName, CancellationToken cancellationToken)
    {
        if (await server.Storage.FindBucketAsync(bucketName, cancellationToken).ConfigureAwait(false) is not null) return;
        await RunAsync(CreateBucket.InvokeAsync, new S3Target(bucketName, "", false), null, null, cancellationToken).ConfigureAwait(false);
    }

    public async Task PutAsync(string bucketName, SeedObject item, CancellationToken cancellationToken)
    {
        // A request without a key is about the bucket: nobody could read or delete this one.
        if (item.Key.Length == 0) throw new InvalidOperationException($"{bucketName}/ cannot be seeded: an object's key is never empty.");
        BucketRecord? bucket = await server.Storage.FindBucketAsync(bucketName, cancellationToken).ConfigureAwait(false);
        S3Target target = new(bucketName, item.Key, false);
        await RunAsync(PutObject.InvokeAsync, target, bucket, item, cancellationToken).ConfigureAwait(false);
    }

    private async Task RunAsync(
        OperationHandler handler, S3Target target, BucketRecord? bucket, SeedObject? item, CancellationToken cancellationToken)
    {
        Stream body = item?.Open() ?? Stream.Null;
        await using (body.ConfigureAwait(false))
        {
            S3HeaderCollection headers = [];
            if (item?.ContentType is { } type) headers.Add("Content-Type", type);
            S3HttpRequest request = new()
            {
                Method = "PUT",
                RawPath = $"/{target.BucketName}/{Uri.EscapeDataString(target.Key)}",
                RawQuery = "",
                Headers = headers,
                Body = body,
                ContentLength = item?.Length ?? 0,
                IsHttps = true,
            };
            OperationContext context = new()
            {
                Server = server,
                Request = request,
                Authenticated = RequestBody.Attach(
                    request, Signing.PayloadHash.Unsigned, null, server.Users.Root, new AuthenticationSettings()),
                Caller = server.Users.Root,
                Target = target,
                RequestId = RequestIds.New(),
                Bucket = bucket,
            };
            try
            {
                if (target.HasKey) ObjectKeys.Check(target.Key);
                S3Response response = await handler(context, cancellationToken).ConfigureAwait(false);
                if (response.Body is { } answer) await answer.DisposeAsync().ConfigureAwait(false);
            }
            catch (S3ErrorException exception)
            {
                throw new InvalidOperationException(
                    $"{NameOf(target)} cannot be seeded: {exception.Error.Code}, {exception.Error.Message}", exception);
            }
            catch (StorageFullException exception)
            {
                throw new InvalidOperationException($"{NameOf(target)} cannot be seeded: {exception.Message}", exception);
            }
        }
    }

    /// <summary>Bucket and key for a message, whatever is in the key.</summary>
    private static string NameOf(S3Target target)
    {
        StringBuilder name = new($"{target.BucketName}/");
        foreach (Rune rune in target.Key.EnumerateRunes())
        {
            if (Rune.IsControl(rune)) name.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
            else name.Append(rune);
        }
        return name.ToString();
    }
}
