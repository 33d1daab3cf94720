using S3Toolkit.Server.Authentication;

namespace S3Toolkit.Server.Pipeline;

/// <summary>A request's body as its host gives it: tells failures of the transport from all others.</summary>
internal sealed class TransportBodyStream(Stream transport) : ReadOnlyBodyStream
{
    /// <summary>The host owns the body and disposes it; the request only watches it.</summary>
    public static Stream Over(Stream body) => new TransportBodyStream(body);

    /// <summary>Somebody has begun to read: who waits for 100 Continue has been told to send.</summary>
    public bool IsBegun { get; private set; }

    /// <summary>In bytes, as they came off the wire.</summary>
    public long BytesRead { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        IsBegun = true;
        try
        {
            int count = await transport.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            BytesRead += count;
            return count;
        }
        catch (Exception exception)
            when (exception is IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ClientBrokeOffException(exception);
        }
    }
}
