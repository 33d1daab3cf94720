using S3Toolkit.Resilience;
using S3Toolkit.Transport;

namespace S3Toolkit.Transfers;

/// <summary>Deletes one batch. What fails for one key is its result; what fails for the bucket or the caller is thrown.</summary>
internal sealed class DeleteBatch(S3Caller caller, string bucketName, DeleteManyOptions options)
{
    /// <summary>Deletes objects with one request, and those that fail for a passing reason again.</summary>
    public async Task<IReadOnlyList<DeleteResult>> DeleteTogetherAsync(
        IReadOnlyList<ObjectIdentifier> objects, CancellationToken cancellationToken)
    {
        var results = new DeleteResult[objects.Count];
        int[] open = [.. Enumerable.Range(0, objects.Count)];
        for (var attempt = 1; ; attempt++)
        {
            var asked = Array.ConvertAll(open, index => objects[index]);
            try
            {
                var answers = await AskAsync(asked, cancellationToken).ConfigureAwait(false);
                for (var i = 0; i < open.Length; i++) results[open[i]] = Classify(answers[i]);
            }
            catch (S3ToolkitException error) when (error.ErrorCode == S3ErrorCode.NotImplemented)
            {
                foreach (var index in open)
                    results[index] = await DeleteAloneAsync(objects[index], cancellationToken).ConfigureAwait(false);
                return results;
            }
            catch (S3ToolkitException error) when (error is not BucketNotFoundException)
            {
                // The call was tried as often as calls are: its failure is that of each key.
                foreach (var index in open) results[index] = DeleteAnswers.Failed(objects[index], DeleteAnswers.ToFailure(error));
                return results;
            }

            open = Array.FindAll(open, index => results[index].Failure is { IsTransient: true });
            if (open.Length == 0 || !await WaitForRetryAsync(results[open[0]], attempt, cancellationToken).ConfigureAwait(false))
                return results;
        }
    }

    /// <summary>Deletes one object with a request of its own.</summary>
    public async Task<DeleteResult> DeleteAloneAsync(ObjectIdentifier target, CancellationToken cancellationToken)
    {
        if (DeletableKey.Fault(target.Key) is { } fault) return DeleteAnswers.Failed(target, fault);
        var single = new DeleteObjectOptions
        {
            VersionId = target.VersionId,
            OnlyIfMatch = target.ETag,
            ExpectedBucketOwner = options.ExpectedBucketOwner,
            SdkRequestCustomizer = options.SdkRequestCustomizer,
        };
        try
        {
            var reply = await caller.CallAsync(
                new S3Call("DeleteObject", bucketName, target.Key),
                (wire, attempt) => wire.Transport.DeleteObjectAsync(bucketName, target.Key, single, attempt),
                cancellationToken).ConfigureAwait(false);
            return reply.Value;
        }
        catch (S3ToolkitException error) when (error is not BucketNotFoundException)
        {
            return DeleteAnswers.Failed(target, DeleteAnswers.ToFailure(error));
        }
    }

    private async Task<DeleteResult[]> AskAsync(ObjectIdentifier[] objects, CancellationToken cancellationToken)
    {
        var reply = await caller.CallAsync(
            new S3Call("DeleteObjects", bucketName),
            (wire, attempt) => wire.Transport.DeleteObjectsAsync(bucketName, objects, options, attempt),
            cancellationToken).ConfigureAwait(false);
        return DeleteAnswers.Match(objects, reply.Value);
    }

    private static DeleteResult Classify(DeleteResult result)
    {
        if (result.Failure is not { } failure) return result;
        var transient = failure.IsTransient || S3ErrorClassifier.IsTransient(new S3Error(failure.ErrorCode, failure.Message));
        return result with { Failure = failure with { IsTransient = transient } };
    }

    private async Task<bool> WaitForRetryAsync(DeleteResult failed, int attempt, CancellationToken cancellationToken)
    {
        var error = new S3Error(failed.Failure!.ErrorCode, failed.Failure.Message);
        var throttling = S3ErrorClassifier.IsThrottling(error);
        if (attempt >= caller.Options.MaxAttempts || !caller.Resilience(bucketName).Budget.TryPay(throttling)) return false;

        var call = new S3Call("DeleteObjects", bucketName, failed.Key);
        var delay = caller.BackoffDelay(attempt - 1, throttling);
        caller.Telemetry.Retry(call, S3ErrorMapper.ToException(call, error, attempt), attempt, delay);
        await Task.Delay(delay, caller.TimeProvider, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
