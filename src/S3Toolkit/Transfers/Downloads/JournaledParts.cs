using S3Toolkit.Checksums;

namespace S3Toolkit.Transfers.Downloads;

/// <summary>
/// Which parts that a journal names are really in the file: a disk may have lost what it had promised to keep, and somebody may have
/// written into the file.
/// </summary>
internal static class JournaledParts
{
    public static async Task<PartLedger> CheckAsync(
        DownloadJournal journal, DownloadPlan plan, TemporaryFile file, DownloadBuffers buffers, CancellationToken cancellationToken)
    {
        var ledger = new PartLedger(plan.PartCount);
        if (journal.Parts.Count == 0) return ledger;
        using var buffer = await buffers.TakeAsync(cancellationToken).ConfigureAwait(false);
        foreach (var (index, value) in journal.Parts)
        {
            if (value.Function is not { } function || !function.IsCombinable()) continue;
            var (offset, length) = plan.Part(index);
            using var checksum = IncrementalChecksum.Create(function);
            var isThere = await PartHash.TryAppendAsync(
                checksum, file.Stream.SafeFileHandle, offset, length, buffer.Memory, cancellationToken).ConfigureAwait(false);
            if (isThere && PartHash.Crc(checksum) == value.Crc) ledger.Finish(index, value);
        }

        return ledger;
    }
}
