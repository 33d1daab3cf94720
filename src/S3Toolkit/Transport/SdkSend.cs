using Amazon.Runtime;

namespace S3Toolkit.Transport;

/// <summary>Sends one request through the SDK, and makes a value of whatever it throws.</summary>
internal static class SdkSend
{
    public static async ValueTask<S3Reply<T>> SendAsync<TResponse, T>(
        AmazonWebServiceRequest request,
        S3CallOptions? options,
        S3Attempt attempt,
        Func<CancellationToken, Task<TResponse>> send,
        Func<TResponse, T> read)
    {
        options?.SdkRequestCustomizer?.Invoke(request);
        CurrentAttempt.Value = attempt;
        try
        {
            return S3Reply<T>.Of(read(await send(attempt.Token).ConfigureAwait(false)));
        }
        catch (OperationCanceledException) when (attempt.Token.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception) when (attempt.Token.IsCancellationRequested)
        {
            // The SDK and HttpClient wrap a cancellation into what it broke.
            throw new OperationCanceledException(attempt.Token);
        }
        catch (OperationCanceledException timeout)
        {
            // Not by our token: SocketsHttpHandler gives up connecting that way.
            return S3Reply<T>.Failed(
                new S3Error(S3ErrorCode.ConnectionFailed, "no connection within the connect time-out") { Cause = timeout });
        }
        catch (Exception error)
        {
            return S3Reply<T>.Failed(SdkErrors.FromException(error));
        }
    }
}
