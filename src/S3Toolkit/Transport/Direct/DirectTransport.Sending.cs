using System.Runtime.CompilerServices;

namespace S3Toolkit.Transport.Direct;

internal sealed partial class DirectTransport
{
    private delegate T DocumentReader<TState, T>(ReadOnlySpan<byte> xml, DirectAnswer answer, DirectRequest request, TState state);

    /// <summary>A request whose answer is in its headers.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<S3Reply<T>> SendAsync<TState, T>(
        DirectRequest request, S3Attempt attempt, TState state, Func<DirectAnswer, DirectRequest, TState, T> read)
    {
        using var answer = await sender.SendAsync(request, attempt).ConfigureAwait(false);
        if (answer.Error is { } error) return S3Reply<T>.Failed(error);
        try
        {
            return S3Reply<T>.Of(read(answer, request, state));
        }
        catch (FormatException unreadable)
        {
            return S3Reply<T>.Failed(NotS3(unreadable, answer));
        }
        catch (Exception thrown)
        {
            return S3Reply<T>.Failed(DirectErrors.FromException(thrown, attempt));
        }
    }

    /// <summary>A request whose answer is a document.</summary>
    private async ValueTask<S3Reply<T>> SendForDocumentAsync<TState, T>(
        DirectRequest request, S3Attempt attempt, TState state, DocumentReader<TState, T> read)
    {
        using var answer = await sender.SendAsync(request, attempt).ConfigureAwait(false);
        if (answer.Error is { } error) return S3Reply<T>.Failed(error);
        try
        {
            using var body = await ResponseBody.ReadAsync(answer.Response, attempt).ConfigureAwait(false);
            return DirectErrors.FindIn(answer.Response, body.Bytes) is { } late
                ? S3Reply<T>.Failed(late)
                : S3Reply<T>.Of(read(body.Bytes, answer, request, state));
        }
        catch (FormatException unreadable)
        {
            return S3Reply<T>.Failed(NotS3(unreadable, answer));
        }
        catch (Exception thrown)
        {
            return S3Reply<T>.Failed(DirectErrors.FromException(thrown, attempt));
        }
    }

    private static S3Error NotS3(FormatException unreadable, DirectAnswer answer) =>
        WireErrors.NotS3(unreadable, unreadable) with { StatusCode = answer.Response.StatusCode };
}
