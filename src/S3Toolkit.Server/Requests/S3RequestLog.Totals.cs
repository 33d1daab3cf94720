using S3Toolkit.Server.Operations.Catalog;

namespace S3Toolkit.Server;

/// <summary>This file: what the requests amounted to.</summary>
public sealed partial class S3RequestLog
{
    private readonly Dictionary<string, Flight> _flights = [];
    private Flight _all;
    private long _total;
    private long _bytesIn;
    private long _bytesOut;

    /// <summary>The requests since the start or the last <see cref="Clear"/>, those that are no longer kept included.</summary>
    public long Total
    {
        get
        {
            lock (_gate) return _total;
        }
    }

    /// <summary>
    /// The requests under way now. One is under way from its arrival until its last byte goes out, so that who has the whole answer does
    /// not find it here.
    /// </summary>
    public int InFlight
    {
        get
        {
            lock (_gate) return _all.Now;
        }
    }

    /// <summary>The most requests that were under way at a time: how concurrent the client really is.</summary>
    public int MaxInFlight
    {
        get
        {
            lock (_gate) return _all.Most;
        }
    }

    /// <summary>The bytes of the bodies of requests that the server read, signatures of chunks included.</summary>
    public long BytesIn
    {
        get
        {
            lock (_gate) return _bytesIn;
        }
    }

    /// <summary>The bytes of the bodies of answers that the server sent, error documents included.</summary>
    public long BytesOut
    {
        get
        {
            lock (_gate) return _bytesOut;
        }
    }

    /// <summary>The most requests of one operation that were under way at a time.</summary>
    /// <param name="operation">AWS's name, such as <c>UploadPart</c>.</param>
    /// <returns>0 when there was none.</returns>
    /// <exception cref="ArgumentException">S3 has no operation of this name.</exception>
    public int MaxInFlightOf(string operation)
    {
        OperationCatalog.RequireName(operation);
        lock (_gate) return _flights.GetValueOrDefault(operation).Most;
    }

    private void Arrive_NeedsLock(string operation)
    {
        _total++;
        _all = _all.Up();
        _flights[operation] = _flights.GetValueOrDefault(operation).Up();
    }

    private void Leave_NeedsLock(string operation)
    {
        _all = _all.Down();
        _flights[operation] = _flights.GetValueOrDefault(operation).Down();
    }

    /// <summary>What is under way stays under way.</summary>
    private void ClearTotals_NeedsLock()
    {
        (_total, _bytesIn, _bytesOut) = (0, 0, 0);
        _all = new Flight(_all.Now, _all.Now);
        foreach ((string operation, Flight flight) in _flights.ToArray()) _flights[operation] = new Flight(flight.Now, flight.Now);
    }

    private readonly record struct Flight(int Now, int Most)
    {
        public Flight Up() => new(Now + 1, Math.Max(Most, Now + 1));

        public Flight Down() => this with { Now = Now - 1 };
    }
}
