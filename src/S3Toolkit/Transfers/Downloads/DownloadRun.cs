using S3Toolkit.Resilience;

namespace S3Toolkit.Transfers.Downloads;

/// <summary>A download that is under way: from its parts to the file that has its name.</summary>
/// <param name="caller">Makes the calls.</param>
/// <param name="buffers">What the bytes go through.</param>
/// <param name="request">What is to be downloaded.</param>
/// <param name="info">The facts of the object.</param>
/// <param name="plan">How the content is cut.</param>
/// <param name="ledger">Which parts are there.</param>
/// <param name="file">Where they are.</param>
/// <param name="journal">Where that is written down; null for nowhere.</param>
internal sealed class DownloadRun(
    S3Caller caller,
    DownloadBuffers buffers,
    FileDownloadRequest request,
    ObjectInfo info,
    DownloadPlan plan,
    PartLedger ledger,
    TemporaryFile file,
    DownloadJournal? journal)
{
    private ObjectInfo _info = info;

    public DownloadTarget Target { get; } = new(request.Options, info, plan.FirstByte, plan.LengthBytes, plan.CoversObject);

    /// <summary>What to compare the content with, when the facts are known already.</summary>
    public Task<ContentExpectation> Known(CancellationToken cancellationToken) => cancellationToken.IsCancellationRequested
        ? Task.FromCanceled<ContentExpectation>(cancellationToken)
        : Task.FromResult(Expectation());

    /// <summary>Asks what to compare the content with: an answer with a range does not say.</summary>
    public async Task<ContentExpectation> AskAsync(CancellationToken cancellationToken)
    {
        var facts = await ObjectFacts.OfAsync(caller, Target, cancellationToken).ConfigureAwait(false);
        _info = _info with { Checksum = facts?.Checksum };
        return Expectation();
    }

    /// <summary>Fetches what is missing, verifies all, and gives the file its name.</summary>
    public async Task<ObjectInfo> CompleteAsync(
        OpenPart? first, Func<CancellationToken, Task<ContentExpectation>> expect, int maxConcurrency, CancellationToken cancellationToken)
    {
        try
        {
            if (journal is not null) file.Keep();
            var handle = file.Stream.SafeFileHandle;
            var meter = new ProgressMeter(
                request.Progress, plan.LengthBytes, error => caller.Telemetry.ProgressFailed(request.BucketName, request.Key, error));
            for (var index = 0; index < ledger.PartCount; index++)
            {
                if (ledger.IsDone(index)) meter.Add(plan.Part(index).Length);
            }

            var download = new RangedDownload(caller, Target, plan, ledger, handle, buffers, meter)
            {
                RequireVerification = request.Options.RequireVerification,
                PartWritten = journal is null ? null : (index, value) =>
                {
                    RandomAccess.FlushToDisk(handle);
                    journal.Append(index, value);
                },
            };
            var reach = await download.RunAsync(first, expect, maxConcurrency, cancellationToken).ConfigureAwait(false);
            file.Commit();
            journal?.Remove();
            return _info with { Verification = reach };
        }
        catch (ContentCorruptedException) when (journal is not null)
        {
            // To go on with these bytes would end in the same way.
            await file.DiscardAsync().ConfigureAwait(false);
            journal.Forget();
            throw;
        }
        catch (IOException error) when (TemporaryFile.IsOutOfSpace(error))
        {
            throw FileDownload.NoSpace(request.Destination, Target.ToString(), plan.LengthBytes, request.JournalPath, error);
        }
    }

    private ContentExpectation Expectation() => ContentExpectation.Of(_info, plan.CoversObject, request.Options.CustomerKey is not null);
}
