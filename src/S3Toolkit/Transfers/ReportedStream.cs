namespace S3Toolkit.Transfers;

/// <summary>A content whose bytes are counted as they are read.</summary>
internal sealed class ReportedStream(Stream content, ProgressMeter meter) : ReadOnlyStream
{
    public override int Read(Span<byte> buffer) => Count(content.Read(buffer), buffer.Length);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false), buffer.Length);

    private int Count(int count, int asked)
    {
        if (count > 0) meter.Add(count);
        else if (asked > 0) meter.Finish();
        return count;
    }
}
