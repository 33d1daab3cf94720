using System.Buffers;

namespace S3Toolkit.Streams;

/// <summary>Reads many ranges of one content of an object, by as few requests as are worthwhile.</summary>
internal static class RangeReader
{
    private const int MaxConcurrency = 1000;

    // What lies between two ranges is read into this and forgotten.
    private const int SkipBytes = 64 * 1024;

    public static async Task<ObjectRanges> ReadAsync(
        IObjectStore store,
        string key,
        IReadOnlyList<ObjectRange> ranges,
        ReadRangesOptions options,
        ArrayPool<byte> pool,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxGapBytes, nameof(ReadRangesOptions.MaxGapBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxRequestBytes, 1, nameof(ReadRangesOptions.MaxRequestBytes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxRequestBytes, Array.MaxLength, nameof(ReadRangesOptions.MaxRequestBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxConcurrency, 1, nameof(ReadRangesOptions.MaxConcurrency));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxConcurrency, MaxConcurrency, nameof(ReadRangesOptions.MaxConcurrency));

        var source = await PinnedObject.FindAsync(store, key, options, cancellationToken).ConfigureAwait(false);
        var spans = ranges.Select(range => Locate(range, source.Info)).ToList();
        var plan = RangePlan.For(spans, options.MaxGapBytes, options.MaxRequestBytes);
        var buffers = new byte[plan.Requests.Count][];
        try
        {
            await SideBySide.RunAsync(
                buffers.Length,
                options.MaxConcurrency,
                async (index, token) => buffers[index] = await ReadAsync(source, plan.Requests[index], pool, token).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            foreach (var buffer in buffers)
            {
                if (buffer is not null) pool.Return(buffer);
            }

            throw;
        }

        var slices = plan.Slices.Select(slice => new ReadOnlyMemory<byte>(buffers[slice.Request], slice.BufferOffset, slice.Length));
        return new ObjectRanges(source.Info, [.. slices], buffers, pool);
    }

    /// <summary>The bytes that a range means in an object of this size, as HTTP has it: one that goes beyond the end stops there.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range has no byte of the object, or more than an array can have.</exception>
    internal static ByteSpan Locate(ObjectRange range, ObjectInfo info)
    {
        var first = range.SuffixLength is { } suffix ? Math.Max(0, info.SizeBytes - suffix) : range.FirstByte ?? 0;
        var last = Math.Min(range.LastByte ?? long.MaxValue, info.SizeBytes - 1);
        if (first > last)
        {
            throw new ArgumentOutOfRangeException(
                nameof(range),
                range.ToString(),
                $"s3://{info.BucketName}/{info.Key} has {info.SizeBytes} bytes: none of it is in the range.");
        }

        var length = last - first + 1;
        return length <= Array.MaxLength ? new ByteSpan(first, length) : throw new ArgumentOutOfRangeException(
            nameof(range), range.ToString(), $"A range of {length} bytes does not fit into memory in one piece: read it as a stream.");
    }

    private static async Task<byte[]> ReadAsync(
        PinnedObject source, PlannedRequest request, ArrayPool<byte> pool, CancellationToken cancellationToken)
    {
        var buffer = pool.Rent(request.BufferBytes);
        try
        {
            var reader = await source.OpenAsync(request.Offset, request.Length, cancellationToken).ConfigureAwait(false);
            await using var owned = reader.ConfigureAwait(false);
            var position = request.Offset;
            foreach (var run in request.Runs)
            {
                await SkipAsync(reader.Content, run.Offset - position, pool, cancellationToken).ConfigureAwait(false);
                await reader.Content.ReadExactlyAsync(buffer.AsMemory(run.BufferOffset, run.Length), cancellationToken)
                    .ConfigureAwait(false);
                position = run.End;
            }

            return buffer;
        }
        catch
        {
            pool.Return(buffer);
            throw;
        }
    }

    private static async Task SkipAsync(Stream content, long count, ArrayPool<byte> pool, CancellationToken cancellationToken)
    {
        if (count == 0) return;
        var buffer = pool.Rent((int)Math.Min(count, SkipBytes));
        try
        {
            while (count > 0)
            {
                var size = (int)Math.Min(count, buffer.Length);
                await content.ReadExactlyAsync(buffer.AsMemory(0, size), cancellationToken).ConfigureAwait(false);
                count -= size;
            }
        }
        finally
        {
            pool.Return(buffer);
        }
    }
}
