namespace S3Toolkit.Transport;

/// <summary>
/// Tells the attempt of bytes that arrive. S3 keeps the connection of a long copy or complete alive with white space, for minutes; a
/// watch over the answer's headers alone would take that for silence. And it ends an answer that does fall silent.
/// </summary>
internal sealed class ActivityHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (CurrentAttempt.Value is not { } attempt) return response;
        attempt.Touch();
        response.Content = new WatchedContent(response.Content, attempt);
        // The SDK reads answers without a token: a read that waits for a silent server ends only with what it reads from. A body that
        // outlives its attempt is left alone, since the registration goes with the attempt.
        attempt.Token.UnsafeRegister(static content => ((HttpContent)content!).Dispose(), response.Content);
        return response;
    }

    private sealed class WatchedContent : HttpContent
    {
        private readonly HttpContent _inner;
        private readonly S3Attempt _attempt;

        public WatchedContent(HttpContent inner, S3Attempt attempt)
        {
            (_inner, _attempt) = (inner, attempt);
            foreach (var (name, values) in inner.Headers.NonValidated) Headers.TryAddWithoutValidation(name, values);
        }

        protected override async Task<Stream> CreateContentReadStreamAsync() =>
            new WatchedStream(await _inner.ReadAsStreamAsync().ConfigureAwait(false), _attempt);

        protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
            new WatchedStream(await _inner.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), _attempt);

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            var content = await CreateContentReadStreamAsync().ConfigureAwait(false);
            await using var owned = content.ConfigureAwait(false);
            await content.CopyToAsync(stream).ConfigureAwait(false);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _inner.Headers.ContentLength ?? 0;
            return _inner.Headers.ContentLength is not null;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) _inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
