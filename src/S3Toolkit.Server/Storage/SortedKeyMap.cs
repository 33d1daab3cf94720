using System.Diagnostics.CodeAnalysis;

namespace S3Toolkit.Server.Storage;

/// <summary>
/// Keys in S3's order, as a list of small sorted blocks: a look-up is two binary searches, a page of a listing is a sequential walk,
/// and an insertion moves at most one block. Not thread-safe.
/// </summary>
internal sealed class SortedKeyMap<TValue>
{
    /// <summary>Small enough to move cheaply, large enough that a million keys are a few thousand blocks.</summary>
    private const int MaxBlock = 512;

    private readonly List<List<KeyValuePair<string, TValue>>> _blocks = [];

    public int Count { get; private set; }

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out TValue value)
    {
        (int block, int index) = Seek(key, Side.AtOrAfter);
        if (block < _blocks.Count && _blocks[block][index] is var found && found.Key == key)
        {
            value = found.Value;
            return true;
        }
        value = default;
        return false;
    }

    /// <summary>The same keys in a map of its own.</summary>
    /// <param name="copyValue">What becomes of each value.</param>
    public SortedKeyMap<TValue> Copy(Func<TValue, TValue> copyValue)
    {
        SortedKeyMap<TValue> copy = new() { Count = Count };
        copy._blocks.Capacity = _blocks.Count;
        foreach (List<KeyValuePair<string, TValue>> block in _blocks)
        {
            List<KeyValuePair<string, TValue>> copied = new(block.Count);
            foreach ((string key, TValue value) in block) copied.Add(new(key, copyValue(value)));
            copy._blocks.Add(copied);
        }
        return copy;
    }

    /// <summary>Adds the key, or replaces its value.</summary>
    public void Set(string key, TValue value)
    {
        (int block, int index) = Seek(key, Side.AtOrAfter);
        if (block < _blocks.Count && _blocks[block][index].Key == key)
        {
            _blocks[block][index] = new(key, value);
            return;
        }
        Count++;
        if (_blocks.Count == 0)
        {
            _blocks.Add([new(key, value)]);
            return;
        }
        // Between two blocks the key goes to the end of the left one, so that keys that arrive in order fill blocks.
        if (index == 0 && block > 0) (block, index) = (block - 1, _blocks[block - 1].Count);
        _blocks[block].Insert(index, new(key, value));
        if (_blocks[block].Count > MaxBlock) Split(block);
    }

    public bool Remove(string key)
    {
        (int block, int index) = Seek(key, Side.AtOrAfter);
        if (block == _blocks.Count || _blocks[block][index].Key != key) return false;
        _blocks[block].RemoveAt(index);
        if (_blocks[block].Count == 0) _blocks.RemoveAt(block);
        Count--;
        return true;
    }

    /// <summary>Where the keys at or after a key begin.</summary>
    public Cursor From(string key) => new(this, Seek(key, Side.AtOrAfter));

    /// <summary>Where the keys after a key begin.</summary>
    public Cursor After(string key) => new(this, Seek(key, Side.After));

    /// <summary>Where the keys after the last one that starts with a prefix begin.</summary>
    public Cursor AfterPrefix(string prefix) => new(this, Seek(prefix, Side.AfterPrefix));

    public Cursor From(PageStart start) => start.Place switch
    {
        PagePlace.After => After(start.Key),
        PagePlace.AfterPrefix => AfterPrefix(start.Key),
        _ => From(start.Key),
    };

    private void Split(int block)
    {
        List<KeyValuePair<string, TValue>> full = _blocks[block];
        // Keys that arrive in order leave full blocks behind instead of half-empty ones.
        int at = block == _blocks.Count - 1 ? full.Count - 1 : full.Count / 2;
        List<KeyValuePair<string, TValue>> right = full.GetRange(at, full.Count - at);
        full.RemoveRange(at, full.Count - at);
        _blocks.Insert(block + 1, right);
    }

    private (int Block, int Index) Seek(string key, Side side)
    {
        int low = 0, high = _blocks.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            List<KeyValuePair<string, TValue>> block = _blocks[middle];
            if (IsBefore(block[^1].Key, key, side)) low = middle + 1;
            else high = middle;
        }
        if (low == _blocks.Count) return (low, 0);
        int first = 0, last = _blocks[low].Count - 1;
        while (first < last)
        {
            int middle = (first + last) >>> 1;
            if (IsBefore(_blocks[low][middle].Key, key, side)) first = middle + 1;
            else last = middle;
        }
        return (low, first);
    }

    private static bool IsBefore(string candidate, string key, Side side) => side switch
    {
        Side.AtOrAfter => KeyOrder.CompareKeys(candidate, key) < 0,
        Side.After => KeyOrder.CompareKeys(candidate, key) <= 0,
        _ => KeyOrder.CompareKeys(candidate, key) < 0 || candidate.StartsWith(key, StringComparison.Ordinal),
    };

    private enum Side
    {
        AtOrAfter,
        After,
        AfterPrefix,
    }

    /// <summary>A place in the map. Valid until the map changes.</summary>
    internal struct Cursor
    {
        private readonly SortedKeyMap<TValue> _map;
        private int _block;
        private int _index;

        internal Cursor(SortedKeyMap<TValue> map, (int Block, int Index) place)
        {
            _map = map;
            (_block, _index) = place;
        }

        public readonly bool IsAtEnd => _block >= _map._blocks.Count;

        public readonly string Key => _map._blocks[_block][_index].Key;

        public readonly TValue Value => _map._blocks[_block][_index].Value;

        public void MoveNext()
        {
            if (++_index < _map._blocks[_block].Count) return;
            _block++;
            _index = 0;
        }
    }
}
