using System.Collections;
using S3Toolkit.Server.Operations.Catalog;

namespace S3Toolkit.Server;

/// <summary>The requests that a server saw, in the order of arrival: for tests to assert on. Thread-safe and bounded.</summary>
public sealed class S3RequestLog : IEnumerable<S3RequestRecord>
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

    /// <summary>Forgets all requests; the sequence goes on.</summary>
    public void Clear()
    {
        lock (_gate) _entries.Clear();
    }

    /// <inheritdoc />
    public IEnumerator<S3RequestRecord> GetEnumerator() => Snapshot().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal Entry Begin(string operation, string method, string bucketName, string key, int? partNumber, string requestId)
    {
        lock (_gate)
        {
            Entry entry = new(this, new(++_sequence, operation, method, bucketName, key, partNumber, requestId));
            if (_capacity == 0) return entry;
            if (_entries.Count == _capacity) _entries.Dequeue();
            _entries.Enqueue(entry);
            return entry;
        }
    }

    /// <summary>A place in the log. It is filled in before the answer's head goes out, so that who has the answer finds it here.</summary>
    internal sealed class Entry(S3RequestLog log, S3RequestRecord record)
    {
        public S3RequestRecord Record { get; private set; } = record;

        public void End(int status, string? errorCode)
        {
            lock (log._gate) Record = Record with { Status = status, ErrorCode = errorCode };
        }
    }
}
