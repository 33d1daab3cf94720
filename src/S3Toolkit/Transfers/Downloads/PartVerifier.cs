using Microsoft.Win32.SafeHandles;
using S3Toolkit.Checksums;

namespace S3Toolkit.Transfers.Downloads;

/// <summary>
/// Follows the parts in their order, behind those who write them, and ends with the comparison of the whole. The CRCs of parts are
/// combined; for functions that cannot be, the parts are read back from the file, where they are still in the system's cache.
/// </summary>
internal sealed class PartVerifier(DownloadPlan plan, PartLedger ledger, SafeFileHandle file, DownloadBuffers buffers)
{
    /// <exception cref="ContentCorruptedException">The bytes are not those of the object.</exception>
    public async Task RunAsync(ContentExpectation expectation, CancellationToken cancellationToken)
    {
        if (!expectation.IsVerifiable) return;
        var value = new byte[ChecksumText.MaxValueSizeBytes];
        var size = expectation.IsCombinable
            ? PartHash.Write(expectation.Function, await CombineAsync(expectation.Function, cancellationToken).ConfigureAwait(false), value)
            : await HashAsync(expectation.Function, value, cancellationToken).ConfigureAwait(false);
        expectation.ThrowIfDifferent(value.AsSpan(0, size));
    }

    private async Task<ulong> CombineAsync(ChecksumFunction function, CancellationToken cancellationToken)
    {
        ulong whole = 0;
        for (var index = 0; index < ledger.PartCount; index++)
        {
            var (offset, length) = plan.Part(index);
            var value = await ledger.WaitAsync(index, cancellationToken).ConfigureAwait(false);
            // The first parts begin before the function is known, and guess it.
            var crc = value.Function == function
                ? value.Crc
                : await ReadBackAsync(function, offset, length, cancellationToken).ConfigureAwait(false);
            whole = PartHash.Combine(function, whole, crc, length);
        }

        return whole;
    }

    private async Task<ulong> ReadBackAsync(ChecksumFunction function, long offset, long length, CancellationToken cancellationToken)
    {
        using var checksum = IncrementalChecksum.Create(function);
        using var buffer = await buffers.TakeAsync(cancellationToken).ConfigureAwait(false);
        await AppendAsync(checksum, offset, length, buffer, cancellationToken).ConfigureAwait(false);
        return PartHash.Crc(checksum);
    }

    private async Task<int> HashAsync(ChecksumFunction function, byte[] value, CancellationToken cancellationToken)
    {
        using var checksum = IncrementalChecksum.Create(function);
        for (var index = 0; index < ledger.PartCount; index++)
        {
            var (offset, length) = plan.Part(index);
            await ledger.WaitAsync(index, cancellationToken).ConfigureAwait(false);
            // Not held while waiting for a part: its writer may be the one who needs it.
            using var buffer = await buffers.TakeAsync(cancellationToken).ConfigureAwait(false);
            await AppendAsync(checksum, offset, length, buffer, cancellationToken).ConfigureAwait(false);
        }

        checksum.WriteValue(value);
        return checksum.ValueSizeBytes;
    }

    private async ValueTask AppendAsync(
        IncrementalChecksum checksum, long offset, long length, DownloadBuffers.Buffer buffer, CancellationToken cancellationToken)
    {
        if (await PartHash.TryAppendAsync(checksum, file, offset, length, buffer.Memory, cancellationToken).ConfigureAwait(false)) return;
        throw new IOException($"The temporary file of the download lost bytes from {offset} on: somebody else has changed it.");
    }
}
