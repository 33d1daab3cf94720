using S3Toolkit.Transport;

namespace S3Toolkit.Transfers.Downloads;

/// <summary>The answer to the first request, and the buffer that was taken before it. Each belongs to who takes it.</summary>
internal sealed class OpenPart(GetReply reply, DownloadBuffers.Buffer buffer) : IDisposable
{
    private GetReply? _reply = reply;
    private DownloadBuffers.Buffer? _buffer = buffer;

    public GetReply? TakeReply() => Interlocked.Exchange(ref _reply, null);

    public DownloadBuffers.Buffer? TakeBuffer() => Interlocked.Exchange(ref _buffer, null);

    public void Dispose()
    {
        TakeReply()?.Dispose();
        TakeBuffer()?.Dispose();
    }
}
