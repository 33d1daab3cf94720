using System.Collections;
using S3Toolkit.Server.Operations.Catalog;

namespace S3Toolkit.Server;

/// <summary>
/// The requests that a server saw, in the order of arrival, and what they amounted to: for tests to assert on. Thread-safe; the list is
/// bounded by <see cref="S3ServerOptions.MaxLoggedRequests"/>, the totals count all requests since <see cref="Clear"/>.
/// </summary>
public sealed partial class S3RequestLog : IEnumerable<S3RequestRecord>
{
    private readonly Lock _gate = new();
    private readonly Queue<Entry> _entries = new();
    private readonly int _capacity;
    private long _sequence;

    internal S3RequestLog(int capacity) => _capacity = capacity;

    /// <summary>The number of requests that are kept.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _entries.Count;
        }
    }

    /// <summary>The requests so far.</summary>
    /// <returns>A copy that no longer changes.</returns>
    public IReadOnlyList<S3RequestRecord> Snapshot()
    {
        lock (_gate) return [.. _entries.Select(entry => entry.Record)];
    }

    /// <summary>The requests of one operation so far.</summary>
    /// <param name="operation">AWS's name, such as <c>PutObject</c>.</param>
    /// <returns>A copy that no longer changes.</returns>
    /// <exception cref="ArgumentException">S3 has no operation of this name.</exception>
    public IReadOnlyList<S3RequestRecord> Of(string operation)
    {
        OperationCatalog.RequireName(operation);
        return [.. Snapshot().Where(record => record.Operation == operation)];
    }

    /// <summary>The requests of one operation on one key so far: its attempts, in order.</summary>
    /// <param name="operation">AWS's name, such as <c>PutObject</c>.</param>
    /// <param name="key">The key; empty for a bucket.</param>
    /// <returns>A copy that no longer changes.</returns>
    /// <exception cref="ArgumentException">S3 has no operation of this name.</exception>
    public IReadOnlyList<S3RequestRecord> Of(string operation, string key) => [.. Of(operation).Where(record => record.Key == key)];

    /// <summary>Forgets all requests and begins the totals anew; the sequence goes on.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _entries.Clear();
            ClearTotals_NeedsLock();
        }
    }

    /// <inheritdoc />
    public IEnumerator<S3RequestRecord> GetEnumerator() => Snapshot().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal Entry Begin(string operation, string method, string bucketName, string key, int? partNumber, string requestId)
    {
        lock (_gate)
        {
            Entry entry = new(this, new(++_sequence, operation, method, bucketName, key, partNumber, requestId));
            Arrive_NeedsLock(operation);
            if (_capacity == 0) return entry;
            if (_entries.Count == _capacity) _entries.Dequeue();
            _entries.Enqueue(entry);
            return entry;
        }
    }
}
