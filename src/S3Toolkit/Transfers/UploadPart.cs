using S3Toolkit.Transport;

namespace S3Toolkit.Transfers;

/// <summary>A part that is ready to be sent. Disposing it gives its buffer back, if it has one.</summary>
internal sealed class UploadPart(int number, RequestBody body, IDisposable? buffer = null) : IDisposable
{
    public int Number => number;

    public RequestBody Body => body;

    public void Dispose() => buffer?.Dispose();
}
