namespace S3Toolkit.Server.Pipeline;

/// <summary>Where an answer goes: a Kestrel response, or the handler without a socket.</summary>
internal interface IResponseSink
{
    /// <summary>Sends the head. A HEAD answer carries the length of the body that it does not have.</summary>
    ValueTask StartAsync(int status, S3HeaderCollection headers, long contentLength, CancellationToken cancellationToken);

    /// <summary>Takes the body's bytes, with backpressure.</summary>
    Stream Body { get; }

    /// <summary>Ends the body early: what was written arrives, all of it, and then the connection is closed.</summary>
    void EndShort();

    /// <summary>Resets the connection: the client gets an I/O error, now.</summary>
    void Abort();
}
