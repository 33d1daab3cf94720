using System.Globalization;
using Microsoft.Extensions.Logging;
using S3Toolkit.Server.Access;
using S3Toolkit.Server.Cors;
using S3Toolkit.Server.Faults;
using S3Toolkit.Server.Operations.Catalog;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Pipeline;

/// <summary>
/// The stages of a request: host and path, operation, signature, access, the operation itself, its answer. Every host runs this one.
/// </summary>
internal sealed partial class S3Pipeline(ServerCore server) : IRequestPipeline
{
    private readonly ILogger _logger = server.Logger;

    /// <summary>Never throws for what a request holds; an answer that cannot be sent resets the connection.</summary>
    public async Task ProcessAsync(S3HttpRequest request, IResponseSink sink, CancellationToken cancellationToken)
    {
        string requestId = RequestIds.New();
        S3RequestLog.Entry? entry = null;
        FaultSet faults = FaultSet.None;
        CorsGrant? cors = null;
        S3Response? response;
        try
        {
            RequireFewParameters(request);
            S3Target target = TargetParser.Parse(request.Headers["Host"], request.RawPath, server.BaseDomains);
            S3Operation operation = OperationResolver.Resolve(request.Method, target, request.Query, request.Headers);
            int? partNumber = int.TryParse(request.Query["partNumber"], CultureInfo.InvariantCulture, out int number) ? number : null;
            entry = server.Requests.Begin(operation.Name, request.Method, target.BucketName, target.Key, partNumber, requestId);
            faults = server.Faults.Match(new FaultSubject(operation.Name, target.BucketName, target.Key, partNumber));
            if (faults != FaultSet.None) entry.Struck(faults.All);
            if (!operation.Has(OperationTraits.Unsigned))
                cors = await CorsGrant.FindAsync(server.Storage, request, target.BucketName, cancellationToken).ConfigureAwait(false);
            response = await RunAsync(request, target, operation, faults, requestId, cancellationToken).ConfigureAwait(false);
        }
        catch (S3ErrorException exception)
        {
            response = ErrorResponses.Of(exception.Error, request, requestId);
        }
        catch (StorageFullException exception)
        {
            LogFailure(exception, request.Method, requestId);
            response = ErrorResponses.Of(S3Errors.InsufficientStorage(), request, requestId);
        }
        catch (StorageBusyException exception)
        {
            LogFailure(exception, request.Method, requestId);
            response = ErrorResponses.Of(S3Errors.ServiceUnavailable(), request, requestId);
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested || exception is ClientBrokeOffException)
        {
            response = null; // the client left, or broke off its body: there is nobody to answer
        }
#pragma warning disable CA1031 // Whatever else went wrong is the server's fault and must be an answer.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailure(exception, request.Method, requestId);
            response = ErrorResponses.Of(S3Errors.InternalError(), request, requestId);
        }
        try
        {
            if (response is null || faults.ResetsAfterCommit)
            {
                entry?.Leave(request.BytesRead);
                sink.Abort();
                return;
            }
            cors?.AddTo(response);
            entry ??= server.Requests.Begin("Unknown", request.Method, "", "", null, requestId);
            entry.End(response.Status, response.ErrorCode, request.BytesRead);
            await SendAsync(request, response, faults, sink, entry, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            entry?.Leave(request.BytesRead);
            if (response?.Body is { } body) await body.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void RequireFewParameters(S3HttpRequest request)
    {
        if (request.RawQuery.AsSpan().Count('&') < server.Options.MaxQueryParameters) return;
        throw S3Errors.InvalidRequest(
            $"The query has more than {server.Options.MaxQueryParameters} parameters, which is S3ServerOptions.MaxQueryParameters.")
            .ToException();
    }

    /// <summary>Before the signature, as with S3: who is too fast is not worth a check.</summary>
    private void RequireRate(S3HttpRequest request, S3Target target)
    {
        if (server.Rates is not { } rates || !target.HasBucket) return;
        // A listing reads the partition that its prefix lies in.
        string key = target.HasKey ? target.Key : request.Query["prefix"] ?? "";
        bool isWrite = request.Method is not ("GET" or "HEAD");
        if (!rates.TryTake(target.BucketName, key, isWrite, server.Clock.GetUtcNow())) throw S3Errors.SlowDown().ToException();
    }

    /// <summary>Null resets the connection.</summary>
    private async ValueTask<S3Response?> RunAsync(
        S3HttpRequest request, S3Target target, S3Operation operation, FaultSet faults, string requestId,
        CancellationToken cancellationToken)
    {
        await faults.DelayAsync(server.Options.TimeProvider, cancellationToken).ConfigureAwait(false);
        if (faults.ResetsBeforeRead) return null;
        request.ClockSkew = faults.ClockSkew;
        if (faults.Answer(request, requestId) is { } answer) return answer;
        RequireRate(request, target);

        // The signature of a presigned URL is about the request that a browser asks for, not about its question.
        AuthenticatedRequest authenticated = operation.Has(OperationTraits.Unsigned)
            ? AuthenticatedRequest.Anonymous(request)
            : await server.Authenticator.AuthenticateAsync(request, cancellationToken).ConfigureAwait(false);
        await using (authenticated.Body.ConfigureAwait(false))
        {
            return await InvokeAsync(request, authenticated, target, operation, requestId, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<S3Response> InvokeAsync(
        S3HttpRequest request, AuthenticatedRequest authenticated, S3Target target, S3Operation operation, string requestId,
        CancellationToken cancellationToken)
    {
        if (operation == S3Operation.MethodNotAllowed)
            throw S3Errors.MethodNotAllowed(request.Method, target.HasKey ? "OBJECT" : target.HasBucket ? "BUCKET" : "SERVICE")
                .ToException();
        if (operation.Handler is not { } handler)
        {
            LogUnsupported(operation.Name, requestId);
            throw S3Errors.NotImplemented(operation.Name).ToException();
        }

        OperationContext context = new()
        {
            Server = server,
            Request = request,
            Authenticated = authenticated,
            Caller = authenticated.Identity,
            Target = target,
            RequestId = requestId,
            Bucket = await BucketOf(target, operation, cancellationToken).ConfigureAwait(false),
        };
        AccessCheck.Region(context, operation);
        AccessCheck.Owner(context, operation);
        await AccessStage.CheckAsync(context, operation, cancellationToken).ConfigureAwait(false);
        await UnusedBody.DrainAsync(context, operation, cancellationToken).ConfigureAwait(false);
        S3Response response = await handler(context, cancellationToken).ConfigureAwait(false);
        return AccessCheck.IsCharged(context) ? response.Header("x-amz-request-charged", "requester") : response;
    }

    private async ValueTask<BucketRecord?> BucketOf(S3Target target, S3Operation operation, CancellationToken cancellationToken)
    {
        // A key of no bucket: "//key".
        if (target.HasKey && !target.HasBucket) throw S3Errors.InvalidBucketName(target.BucketName).ToException();
        if (!target.HasBucket || operation.Has(OperationTraits.MakesBucket)) return null;
        if (operation.Has(OperationTraits.Unsigned))
            return await server.Storage.FindBucketAsync(target.BucketName, cancellationToken).ConfigureAwait(false);
        if (!BucketNames.IsValid(target.BucketName)) throw S3Errors.InvalidBucketName(target.BucketName).ToException();
        if (target.HasKey) ObjectKeys.Check(target.Key);
        return await server.Storage.FindBucketAsync(target.BucketName, cancellationToken).ConfigureAwait(false)
            ?? throw S3Errors.NoSuchBucket(target.BucketName).ToException();
    }

    private async Task SendAsync(
        S3HttpRequest request, S3Response response, FaultSet faults, IResponseSink sink, S3RequestLog.Entry entry,
        CancellationToken cancellationToken)
    {
        string requestId = entry.Record.RequestId;
        response.Headers.Set("x-amz-request-id", requestId);
        response.Headers.Set("x-amz-id-2", "S3Toolkit.Server");
        response.Headers.Set("Date", WireTime.ToHttpDate(server.SigningClock.GetUtcNow() + faults.ClockSkew));
        if (request.HoldsBack) response.Headers.Set("Connection", "close");
        try
        {
            long length = response.Body?.Length ?? response.HeadLength ?? 0;
            bool hasBody = request.Method != "HEAD" && response.Body is { Length: > 0 };
            if (!hasBody) entry.Leave(request.BytesRead);
            await sink.StartAsync(response.Status, response.Headers, length, cancellationToken).ConfigureAwait(false);
            if (!hasBody) return;
            Stream wire = new MeteredStream(sink.Body, length, entry, request);
            await response.Body!.WriteAsync(faults.Wrap(wire, server.Options.TimeProvider), cancellationToken).ConfigureAwait(false);
        }
        catch (FaultResetException)
        {
            sink.EndShort();
        }
#pragma warning disable CA1031 // The head is out: a reset is the only way left to say that the body is not whole.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            bool isExpected = cancellationToken.IsCancellationRequested || exception is IOException;
            if (!isExpected) LogFailure(exception, "answer", requestId);
            sink.Abort();
        }
    }

    [LoggerMessage(2, LogLevel.Warning,
        "The embedded S3 server does not support {Operation}, request {RequestId}; docs/s3-compatibility.md lists what it does.")]
    private partial void LogUnsupported(string operation, string requestId);

    [LoggerMessage(1, LogLevel.Error, "The embedded S3 server failed on {Method}, request {RequestId}.")]
    private partial void LogFailure(Exception exception, string method, string requestId);
}
