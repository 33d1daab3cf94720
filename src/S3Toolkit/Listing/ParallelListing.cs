using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using S3Toolkit.Resilience;
using S3Toolkit.Transfers;
using S3Toolkit.Transport;

namespace S3Toolkit.Listing;

/// <summary>
/// Lists the keys of one prefix by several requests at once: the keys are cut into ranges as their pages show where they are. Used for one
/// listing.
/// </summary>
internal sealed class ParallelListing(S3Caller caller, S3Call call, string bucketName, ListObjectsOptions options) : IDisposable
{
    // What is read ahead of the caller: so many pages for each request that may run.
    private const int PagesPerRequest = 8;

    private const int MaxQuestions = 12;

    private readonly Lock _lock = new();
    private readonly List<KeyRange> _ranges = [new(options.StartAfter, through: null)];
    private readonly List<Task> _steps = [];
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource _change = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ExceptionDispatchInfo? _failure;
    private int _running;
    private int _unreadPages;
    private bool _isStarting;
    private bool _startAgain;

    public static async IAsyncEnumerable<ObjectListing> ReadAsync(
        S3Caller caller,
        S3Call call,
        string bucketName,
        ListObjectsOptions options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var listing = new ParallelListing(caller, call, bucketName, options);
        try
        {
            while (await listing.NextAsync(cancellationToken).ConfigureAwait(false) is { } page)
            {
                foreach (var entry in page) yield return entry;
            }
        }
        finally
        {
            await listing.StopAsync().ConfigureAwait(false);
        }
    }

    public void Dispose() => _stop.Dispose();

    private async ValueTask<IReadOnlyList<ObjectListing>?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<ObjectListing>? page;
            Task change;
            lock (_lock)
            {
                _failure?.Throw();
                page = Take_NeedsLock();
                if (page is null && _ranges.Count == 0) return null;
                change = _change.Task;
            }

            StartSteps();
            if (page is not null) return page;
            await change.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        Task[] steps;
        lock (_lock) steps = [.. _steps];
        await Task.WhenAll(steps).ConfigureAwait(false);
    }

    private IReadOnlyList<ObjectListing>? Take_NeedsLock()
    {
        _ranges.RemoveAll(static range => range.IsRead && range.Unread.Count == 0);
        foreach (var range in _ranges)
        {
            if (range.Unread.TryDequeue(out var page))
            {
                _unreadPages--;
                return page;
            }

            // In order, nothing comes before what the first range still lacks.
            if (!options.InAnyOrder) return null;
        }

        return null;
    }

    /// <summary>Starts what may run now. Steps that end at once call it again, which must not become a recursion.</summary>
    private void StartSteps()
    {
        lock (_lock)
        {
            _startAgain = true;
            if (_isStarting) return;
            _isStarting = true;
        }

        while (true)
        {
            List<Func<Task>> steps;
            lock (_lock)
            {
                if (!_startAgain)
                {
                    _isStarting = false;
                    return;
                }

                _startAgain = false;
                steps = Choose_NeedsLock();
            }

            foreach (var step in steps)
            {
                var task = step();
                lock (_lock)
                {
                    _steps.RemoveAll(static other => other.IsCompleted);
                    _steps.Add(task);
                }
            }
        }
    }

    private List<Func<Task>> Choose_NeedsLock()
    {
        var steps = new List<Func<Task>>();
        if (_failure is not null || _stop.IsCancellationRequested) return steps;
        var room = (PagesPerRequest * options.MaxConcurrency) - _unreadPages - _ranges.Count(static range => range.IsFetching);
        for (var index = 0; index < _ranges.Count && _running < options.MaxConcurrency; index++)
        {
            var range = _ranges[index];
            // The range that the caller is at may always go on; others wait until there is room.
            if (range.IsFetching || range.IsRead || (index > 0 && room <= 0)) continue;
            range.IsFetching = true;
            room--;
            _running++;
            steps.Add(() => RunAsync(() => FetchAsync(range)));
        }

        while (_running < options.MaxConcurrency && Widest_NeedsLock() is { } widest)
        {
            widest.IsBeingCut = true;
            _running++;
            steps.Add(() => RunAsync(() => CutAsync(widest)));
        }

        return steps;
    }

    /// <summary>The range whose keys may differ the earliest, and so probably has the most of them.</summary>
    private KeyRange? Widest_NeedsLock() => _ranges.Where(static range => range.CanBeCut)
        .MinBy(range => SplitSearch.SharedLength(range.Cursor!, range.Through ?? options.Prefix ?? ""));

    private async Task RunAsync(Func<Task> step)
    {
        try
        {
            await step().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            lock (_lock) _failure ??= ExceptionDispatchInfo.Capture(error);
        }

        TaskCompletionSource change;
        lock (_lock)
        {
            _running--;
            (change, _change) = (_change, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        change.TrySetResult();
        StartSteps();
    }

    private async Task FetchAsync(KeyRange range)
    {
        var (after, token) = (range.Cursor, range.Token);
        var page = await AskAsync(options with { StartAfter = after }, token).ConfigureAwait(false);
        lock (_lock)
        {
            range.IsFetching = false;
            Accept_NeedsLock(range, page, token);
        }
    }

    private void Accept_NeedsLock(KeyRange range, ListPage<ObjectListing> page, string? token)
    {
        range.Pages++;
        range.Token = page.Items.Count == 0 ? page.ContinuationToken : null;
        range.IsRead = page.ContinuationToken is null;
        if (page.Items.Count == 0)
        {
            // Without a key there is no other way to go on.
            if (range.Token is "") throw Pages.Broken(call, "says that there is more, but not where it begins");
            if (range.Token is not null && range.Token == token) throw Pages.Broken(call, "sends the same page again and again");
            return;
        }

        var count = CountWithin(page.Items, range);
        // What is behind the range's end is another's, since it was cut while this page was on its way.
        if (count < page.Items.Count) range.IsRead = true;
        if (count == 0) return;
        (range.PageFirst, range.Cursor) = (page.Items[0].Name, page.Items[count - 1].Name);
        range.Unread.Enqueue(count == page.Items.Count ? page.Items : [.. page.Items.Take(count)]);
        _unreadPages++;
    }

    private int CountWithin(IReadOnlyList<ObjectListing> items, KeyRange range)
    {
        var before = range.Cursor;
        for (var index = 0; index < items.Count; index++)
        {
            var name = items[index].Name;
            if (before is not null && Utf8Order.Compare(name, before) <= 0)
                throw Pages.Broken(call, "does not list in the order of UTF-8 bytes, which takes MaxConcurrency = 1");
            if (range.Through is not null && Utf8Order.Compare(name, range.Through) > 0) return index;
            before = name;
        }

        return items.Count;
    }

    private async Task CutAsync(KeyRange range)
    {
        SplitSearch search;
        lock (_lock) search = new SplitSearch(range.Cursor!, range.Through, options.Prefix ?? "", range.PageFirst!);
        for (var question = 0; question < MaxQuestions && search.Next() is { } probe; question++)
        {
            var page = await AskAsync(options with { StartAfter = probe, PageSize = 1 }, token: null).ConfigureAwait(false);
            var key = page.Items.Count > 0 ? page.Items[0].Name : null;
            // A page without a key that is not the last one answers nothing.
            if (key is null && page.ContinuationToken is not null) break;
            var isWithin = key is not null && (search.Through is null || Utf8Order.Compare(key, search.Through) <= 0);
            search = isWithin ? search.Found(probe, key!) : search.None(probe);
        }

        lock (_lock)
        {
            range.IsBeingCut = false;
            Cut_NeedsLock(range, search);
        }
    }

    private void Cut_NeedsLock(KeyRange range, SplitSearch search)
    {
        range.PagesBeforeCut = range.Pages + 1;
        if (range.IsRead) return;
        // The range was read on meanwhile: what is behind its cursor can still be cut, the rest is history.
        if (search.Through is { } through && Utf8Order.Compare(through, range.Cursor!) > 0) range.Through = through;
        if (search.Cut is { } cut && Utf8Order.Compare(cut, range.Cursor!) > 0)
        {
            _ranges.Insert(_ranges.IndexOf(range) + 1, new KeyRange(cut, range.Through));
            range.Through = cut;
        }
        else
        {
            // The keys are few, or hard to tell apart: later, perhaps.
            range.PagesBeforeCut = range.Pages * 2;
        }
    }

    private async Task<ListPage<ObjectListing>> AskAsync(ListObjectsOptions page, string? token)
    {
        var reply = await caller.CallAsync(
            call, (wire, attempt) => wire.Transport.ListObjectsAsync(bucketName, page, token, attempt), _stop.Token).ConfigureAwait(false);
        return reply.Value;
    }
}
