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
                    $"{target.BucketName}/{target.Key} cannot be seeded: {exception.Error.Code}, {exception.Error.Message}", exception);
            }
            catch (StorageFullException exception)
            {
                throw new InvalidOperationException($"{target.BucketName}/{target.Key} cannot be seeded: {exception.Message}", exception);
            }
        }
    }
}
