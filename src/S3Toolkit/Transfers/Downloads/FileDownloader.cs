using System.Buffers;
using System.Net;
using S3Toolkit.Resilience;
using S3Toolkit.Transport;

namespace S3Toolkit.Transfers.Downloads;

/// <summary>
/// Downloads to files in parallel ranges. The first request asks for the first part and learns all else from its answer, so that a small
/// object takes one request.
/// </summary>
internal sealed class FileDownloader(
    S3Caller caller, TransferOptions transfers, S3ProviderProfile profile, ByteBudget budget, ArrayPool<byte> pool)
{
    private readonly DownloadBuffers _buffers = new(budget, pool);

    // A part that waits for one of the calls that may be open only waits for another part.
    private readonly int _concurrency = Math.Min(transfers.MaxConcurrency, caller.Options.MaxOpenCalls);

    /// <summary>Whether ranges are the way for a download; otherwise it is one stream.</summary>
    public bool Takes(GetObjectOptions options, bool hasJournal) => DownloadPlan.Allows(options) && (_concurrency > 1 || hasJournal);

    public async Task<ObjectInfo> RunAsync(FileDownloadRequest request, CancellationToken cancellationToken)
    {
        ObjectKeyRule.Require(request.Key, request.BucketName);
        try
        {
            if (request.JournalPath is null) return await BeginAsync(request, journal: null, cancellationToken).ConfigureAwait(false);
            using var journal = DownloadJournal.Open(request.JournalPath);
            return await ResumeAsync(request, journal, cancellationToken).ConfigureAwait(false)
                ?? await BeginAsync(request, journal, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException error)
            when (cancellationToken.IsCancellationRequested && error.CancellationToken != cancellationToken)
        {
            throw new OperationCanceledException(
                $"The download of s3://{request.BucketName}/{request.Key} was cancelled.", error, cancellationToken);
        }
    }

    private async Task<ObjectInfo> BeginAsync(FileDownloadRequest request, DownloadJournal? journal, CancellationToken cancellationToken)
    {
        using var buffer = await _buffers.TakeAsync(cancellationToken).ConfigureAwait(false);
        var options = request.Options;
        var asked = DownloadPlan.FirstRange(options.Range, transfers.PartSizeBytes);
        // No byte of an empty object is in any range. What the caller asked for himself is his mistake.
        var expects = ExpectedErrors.NotModified | (options.Range is null ? ExpectedErrors.InvalidRange : ExpectedErrors.None);
        var reply = await ObjectOpener.AskAsync(
            caller, request.BucketName, request.Key, options with { Range = asked }, expects, cancellationToken).ConfigureAwait(false);
        if (reply.Error is { StatusCode: HttpStatusCode.RequestedRangeNotSatisfiable })
            return await StreamAsync(request, journal, buffer, cancellationToken).ConfigureAwait(false);
        if (reply.Error is not null) ContentCopy.Require(ObjectOpener.NotModified(request.BucketName, request.Key, options));

        using var first = new OpenPart(reply.Value, buffer);
        var plan = DownloadPlan.Of(options.Range, asked, reply.Value, transfers.PartSizeBytes);
        // A server that knows no ranges sends all at once. One that sends some other range is asked in the plain way.
        if (plan is null && reply.Value.Range is not null)
        {
            first.TakeReply()!.Dispose();
            return await StreamAsync(request, journal, buffer, cancellationToken).ConfigureAwait(false);
        }

        if (plan is null || IsWhole(plan, reply.Value.Info, options))
        {
            var reader = ObjectOpener.Read(caller, options, first.TakeReply()!);
            return await StreamAsync(request, journal, reader, buffer, cancellationToken).ConfigureAwait(false);
        }

        var file = Create(request, reply.Value.Info, plan, journal);
        await using var owned = file.ConfigureAwait(false);
        var run = new DownloadRun(caller, _buffers, request, reply.Value.Info, plan, new PartLedger(plan.PartCount), file, journal);
        return await run.CompleteAsync(first, HasFacts(plan) ? run.AskAsync : run.Known, _concurrency, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Goes on with what an earlier run has left; null when there is nothing of use.</summary>
    private async Task<ObjectInfo?> ResumeAsync(FileDownloadRequest request, DownloadJournal journal, CancellationToken cancellationToken)
    {
        if (journal.Header is not { } header) return null;
        if (!header.IsOf(request.BucketName, request.Key, request.Options.Range, request.Destination))
        {
            throw new ArgumentException(
                $"The journal '{request.JournalPath}' is of another download, of s3://{header.BucketName}/{header.Key} to "
                + $"'{header.Destination}': finish that, delete the journal, or name another.", nameof(request));
        }

        var info = await ObjectFacts.FindAsync(caller, request, cancellationToken).ConfigureAwait(false);
        // The next request says why.
        if (info is null) return null;
        if (!header.IsAbout(info)) return Afresh(request, "the object changed since");
        var isNamed = false;
        var file = TemporaryFile.Reopen(request.Destination, header.TemporaryName);
        if (file is null)
        {
            file = TemporaryFile.Adopt(request.Destination, header.Plan.LengthBytes);
            isNamed = true;
        }

        if (file is null) return Afresh(request, "the file with its parts is gone");
        await using var owned = file.ConfigureAwait(false);
        var ledger = await JournaledParts.CheckAsync(journal, header.Plan, file, _buffers, cancellationToken).ConfigureAwait(false);
        if (isNamed && !ledger.IsComplete) return Afresh(request, "the file with its parts is gone");
        caller.Telemetry.DownloadResumed(request.BucketName, request.Key, ledger.DoneCount, ledger.PartCount);
        var run = new DownloadRun(caller, _buffers, request, info, header.Plan, ledger, file, journal);
        return await run.CompleteAsync(first: null, run.Known, _concurrency, cancellationToken).ConfigureAwait(false);
    }

    private ObjectInfo? Afresh(FileDownloadRequest request, string reason)
    {
        caller.Telemetry.DownloadAfresh(request.BucketName, request.Key, reason);
        return null;
    }

    private static TemporaryFile Create(FileDownloadRequest request, ObjectInfo info, DownloadPlan plan, DownloadJournal? journal)
    {
        var name = TemporaryFile.NewName();
        if (journal is null) return TemporaryFile.Create(request.Destination, plan.LengthBytes, name);
        DropParts(request, journal);
        // Before the file: a crash in between must not leave one that nobody knows.
        journal.Begin(new JournalHeader(
            request.BucketName, request.Key, request.Options.Range?.ToHeader() ?? "", request.Destination, name,
            info.ETag!.Value.Value, info.VersionId ?? "", info.SizeBytes, plan));
        try
        {
            return TemporaryFile.Create(request.Destination, plan.LengthBytes, name);
        }
        catch
        {
            journal.Forget();
            throw;
        }
    }

    private static void DropParts(FileDownloadRequest request, DownloadJournal journal)
    {
        if (journal.Header is { } old) TemporaryFile.Delete(request.Destination, old.TemporaryName);
    }

    /// <summary>Whether the server can be asked for a checksum that an answer with a range lacks.</summary>
    private bool HasFacts(DownloadPlan plan) => plan.CoversObject && profile.ResponseChecksums == S3ChecksumMode.WhenSupported;

    /// <summary>Whether one answer has all bytes, and what they are to be compared with.</summary>
    private bool IsWhole(DownloadPlan plan, ObjectInfo info, GetObjectOptions options) => plan.PartCount == 1
        && (!HasFacts(plan) || ContentExpectation.Of(info, plan.CoversObject, options.CustomerKey is not null).IsVerifiable);

    private async Task<ObjectInfo> StreamAsync(
        FileDownloadRequest request, DownloadJournal? journal, DownloadBuffers.Buffer buffer, CancellationToken cancellationToken)
    {
        var reader = await ObjectOpener.OpenAsync(caller, request.BucketName, request.Key, request.Options, cancellationToken)
            .ConfigureAwait(false);
        return await StreamAsync(request, journal, reader, buffer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One stream has no parts to write down.</summary>
    private static async Task<ObjectInfo> StreamAsync(
        FileDownloadRequest request,
        DownloadJournal? journal,
        ObjectReader reader,
        DownloadBuffers.Buffer buffer,
        CancellationToken cancellationToken)
    {
        var info = await FileDownload.StreamAsync(request.Destination, request.Progress, reader, buffer.Memory, cancellationToken)
            .ConfigureAwait(false);
        if (journal is null) return info;
        DropParts(request, journal);
        journal.Remove();
        return info;
    }
}
