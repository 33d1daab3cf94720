using S3Toolkit.Server.Authentication;

namespace S3Toolkit.Server.Pipeline;

/// <summary>A request's body as its host gives it: tells failures of the transport from all others.</summary>
internal sealed class TransportBodyStream(Stream transport) : ReadOnlyBodyStream
{
    public static Stream Over(Stream transport) => new TransportBodyStream(transport);

    /// <summary>In bytes, as they came off the wire.</summary>
    public long BytesRead { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
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
