using Microsoft.Win32.SafeHandles;
using S3Toolkit.Checksums;
using S3Toolkit.Resilience;

namespace S3Toolkit.Transfers.Downloads;

/// <summary>
/// One download in parallel ranges: each is written at its place in the file as it comes, and what they amount to is compared with the
/// whole before anybody is told that the file is there.
/// </summary>
/// <param name="caller">Makes the calls.</param>
/// <param name="target">The content.</param>
/// <param name="plan">How it is cut.</param>
/// <param name="ledger">Which parts are there.</param>
/// <param name="file">Where they go.</param>
/// <param name="buffers">What they go through.</param>
/// <param name="meter">Is told of bytes that were written.</param>
internal sealed class RangedDownload(
    S3Caller caller,
    DownloadTarget target,
    DownloadPlan plan,
    PartLedger ledger,
    SafeFileHandle file,
    DownloadBuffers buffers,
    ProgressMeter meter)
{
    // What S3 computes by itself when the writer names no function ("Checking object integrity").
    private const ChecksumFunction Guess = ChecksumFunction.Crc64Nvme;

    /// <summary>Is told of each part that is in the file.</summary>
    public Action<int, PartValue>? PartWritten { get; init; }

    /// <summary>Whether content that can be checked by its length alone is an error.</summary>
    public bool RequireVerification { get; init; }

    /// <summary>Fetches the parts that are missing, and verifies all.</summary>
    /// <param name="first">The open answer to the first part, with its buffer; null when there is none. It is disposed.</param>
    /// <param name="expect">Asks what to compare with.</param>
    /// <param name="maxConcurrency">How many parts at once.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How far the content was verified.</returns>
    public async Task<ContentVerification> RunAsync(
        OpenPart? first, Func<CancellationToken, Task<ContentExpectation>> expect, int maxConcurrency, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var expectation = ExpectAsync(expect, stop.Token);
        var verification = VerifyAsync(expectation, stop.Token);
        try
        {
            await ParallelParts<Part>.ForEachAsync(
                async token =>
                {
                    token.ThrowIfCancellationRequested();
                    // What cannot be verified need not be fetched.
                    if (verification.IsFaulted) await verification.ConfigureAwait(false);
                    if (ledger.TakeMissing() is not { } index) return null;
                    return new Part(index, index == 0 ? Interlocked.Exchange(ref first, null) : null);
                },
                (part, token) => FetchAsync(part, expectation, token),
                maxConcurrency,
                stop.Token).ConfigureAwait(false);
            return await verification.ConfigureAwait(false);
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            // Nothing may touch the file once this has ended.
            await ((Task)verification).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
        finally
        {
            first?.Dispose();
        }
    }

    private async Task<ContentExpectation> ExpectAsync(
        Func<CancellationToken, Task<ContentExpectation>> expect, CancellationToken cancellationToken)
    {
        var expectation = await expect(cancellationToken).ConfigureAwait(false);
        return expectation.IsVerifiable || !RequireVerification ? expectation : throw target.CannotVerify();
    }

    private async Task<ContentVerification> VerifyAsync(Task<ContentExpectation> expecting, CancellationToken cancellationToken)
    {
        var expectation = await expecting.ConfigureAwait(false);
        await new PartVerifier(plan, ledger, file, buffers).RunAsync(expectation, cancellationToken).ConfigureAwait(false);
        return expectation.Reach;
    }

    private async Task FetchAsync(Part part, Task<ContentExpectation> expectation, CancellationToken cancellationToken)
    {
        var (offset, length) = plan.Part(part.Index);
        using var buffer = part.Open?.TakeBuffer() ?? await buffers.TakeAsync(cancellationToken).ConfigureAwait(false);
        using var checksum = Function(expectation) is { } function ? IncrementalChecksum.Create(function) : null;
        var stream = new ResumingStream(caller, target.Part(offset, length), part.Open?.TakeReply(), caller.Options);
        await using var owned = stream.ConfigureAwait(false);
        while (await FillAsync(stream, buffer.Memory, cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            var bytes = buffer.Memory.Span[..count];
            checksum?.Append(bytes);
            // An asynchronous write is this one on another thread of the pool, and the way there and back costs more than it does.
            RandomAccess.Write(file, bytes, offset);
            offset += count;
            meter.Add(count);
        }

        var value = checksum is null ? default : new PartValue(checksum.Function, PartHash.Crc(checksum));
        PartWritten?.Invoke(part.Index, value);
        ledger.Finish(part.Index, value);
    }

    /// <summary>Reads until half of the buffer is full: several connections share the line, so a read can bring little.</summary>
    private static async ValueTask<int> FillAsync(Stream stream, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var filled = 0;
        while (filled < buffer.Length / 2)
        {
            var count = await stream.ReadAsync(buffer[filled..], cancellationToken).ConfigureAwait(false);
            if (count == 0) break;
            filled += count;
        }

        return filled;
    }

    /// <summary>What to compute while a part passes; null for nothing.</summary>
    private ChecksumFunction? Function(Task<ContentExpectation> expectation)
    {
        if (!expectation.IsCompletedSuccessfully) return Guess;
        if (expectation.Result.IsCombinable) return expectation.Result.Function;
        // A journal is told what each part amounts to, so that a later run can trust the file.
        return PartWritten is null ? null : Guess;
    }

    private sealed class Part(int index, OpenPart? open) : IDisposable
    {
        public int Index => index;

        public OpenPart? Open => open;

        public void Dispose() => open?.Dispose();
    }
}
