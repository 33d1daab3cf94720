namespace S3Toolkit.Streams;

/// <summary>Bytes of an object, from an offset on; the length is at least 1.</summary>
internal readonly record struct ByteSpan(long Offset, long Length)
{
    public long End => Offset + Length;
}

/// <summary>Bytes that are wanted without a gap, and where in the buffer of their request they go.</summary>
internal readonly record struct WantedRun(long Offset, int Length, int BufferOffset)
{
    public long End => Offset + Length;
}

/// <summary>One request, and what of its answer is wanted.</summary>
internal sealed record PlannedRequest(long Offset, long Length, int BufferBytes, IReadOnlyList<WantedRun> Runs);

/// <summary>Where the bytes of one range are: in which request's buffer, and where in there.</summary>
internal readonly record struct PlannedSlice(int Request, int BufferOffset, int Length);

/// <summary>Which requests read a number of ranges: a pure function of the ranges and of what a gap may cost.</summary>
internal sealed record RangePlan(IReadOnlyList<PlannedRequest> Requests, IReadOnlyList<PlannedSlice> Slices)
{
    /// <param name="spans">The ranges in the order asked, within the object.</param>
    /// <param name="maxGapBytes">How far apart ranges of one request may be.</param>
    /// <param name="maxRequestBytes">How much a request of several ranges may span.</param>
    public static RangePlan For(IReadOnlyList<ByteSpan> spans, long maxGapBytes, long maxRequestBytes)
    {
        var order = new int[spans.Count];
        for (var index = 0; index < order.Length; index++) order[index] = index;
        // The longer of two that begin together comes first and has the other within it.
        Array.Sort(order, (left, right) => (spans[left].Offset, spans[right].Length).CompareTo((spans[right].Offset, spans[left].Length)));

        var (requests, slices) = (new List<PlannedRequest>(), new PlannedSlice[spans.Count]);
        var runs = new List<WantedRun>();
        foreach (var index in order)
        {
            var span = spans[index];
            if (runs.Count > 0 && !Joins(runs, span, maxGapBytes, maxRequestBytes)) Close(requests, runs);
            slices[index] = new PlannedSlice(requests.Count, Add(runs, span), (int)span.Length);
        }

        if (runs.Count > 0) Close(requests, runs);
        return new RangePlan(requests, slices);
    }

    private static bool Joins(List<WantedRun> runs, ByteSpan span, long maxGapBytes, long maxRequestBytes)
    {
        var end = runs[^1].End;
        return span.End <= end || (span.Offset - end <= maxGapBytes && span.End - runs[0].Offset <= maxRequestBytes);
    }

    /// <summary>Adds what is wanted; ranges that overlap or touch share their bytes.</summary>
    /// <returns>Where in the buffer the range begins.</returns>
    private static int Add(List<WantedRun> runs, ByteSpan span)
    {
        if (runs.Count == 0 || span.Offset > runs[^1].End)
        {
            var next = runs.Count == 0 ? 0 : runs[^1].BufferOffset + runs[^1].Length;
            runs.Add(new WantedRun(span.Offset, (int)span.Length, next));
            return next;
        }

        var last = runs[^1];
        runs[^1] = last with { Length = (int)(Math.Max(last.End, span.End) - last.Offset) };
        return last.BufferOffset + (int)(span.Offset - last.Offset);
    }

    private static void Close(List<PlannedRequest> requests, List<WantedRun> runs)
    {
        var (offset, last) = (runs[0].Offset, runs[^1]);
        requests.Add(new PlannedRequest(offset, last.End - offset, last.BufferOffset + last.Length, [.. runs]));
        runs.Clear();
    }
}
