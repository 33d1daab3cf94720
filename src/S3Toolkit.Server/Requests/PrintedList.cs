using System.Collections;

namespace S3Toolkit.Server;

/// <summary>A list that prints its items: records print what their members' ToString tells, and assertions print records.</summary>
internal sealed class PrintedList<T> : IReadOnlyList<T>
{
    public static readonly PrintedList<T> Empty = new([]);

    private readonly IReadOnlyList<T> _items;

    private PrintedList(IReadOnlyList<T> items) => _items = items;

    public int Count => _items.Count;

    public T this[int index] => _items[index];

    public static PrintedList<T> Of(IReadOnlyList<T> items) => items as PrintedList<T> ?? new PrintedList<T>(items);

    public IEnumerator<T> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"[{string.Join(", ", _items)}]";
}
