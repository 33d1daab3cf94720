namespace S3Toolkit.Signing;

/// <summary>The canonical headers: sorted by name, values trimmed and their runs of spaces collapsed, several values joined.</summary>
internal static class CanonicalHeaders
{
    private const int MaxInsertionSorted = 32;

    /// <summary>Sorts by name, in place and stable: the values of one name keep the order in which they are sent.</summary>
    public static void Sort(Span<HeaderField> headers)
    {
        if (headers.Length > MaxInsertionSorted)
        {
            SortMany(headers);
            return;
        }
        // Requests have a handful of headers; an insertion sort is stable and allocates nothing.
        for (int i = 1; i < headers.Length; i++)
        {
            HeaderField moved = headers[i];
            int at = i;
            for (; at > 0 && string.CompareOrdinal(headers[at - 1].Name, moved.Name) > 0; at--) headers[at] = headers[at - 1];
            headers[at] = moved;
        }
    }

    /// <summary>For requests that somebody made to be slow: Span.Sort is not stable, so the place decides between equal names.</summary>
    private static void SortMany(Span<HeaderField> headers)
    {
        (string Name, int Place)[] keys = new (string, int)[headers.Length];
        for (int i = 0; i < keys.Length; i++) keys[i] = (headers[i].Name, i);
        keys.AsSpan().Sort(headers, static (left, right) =>
        {
            int byName = string.CompareOrdinal(left.Name, right.Name);
            return byName != 0 ? byName : left.Place.CompareTo(right.Place);
        });
    }

    /// <summary>Writes a line <c>name:value</c> for each name.</summary>
    /// <param name="buffer">Where they go.</param>
    /// <param name="sorted">The headers after <see cref="Sort"/>.</param>
    public static void Append(ref SigningBuffer buffer, ReadOnlySpan<HeaderField> sorted)
    {
        for (int i = 0; i < sorted.Length; i++)
        {
            if (i > 0 && sorted[i].Name == sorted[i - 1].Name)
            {
                buffer.DropLast();
                buffer.Append((byte)',');
            }
            else
            {
                buffer.Append(sorted[i].Name);
                buffer.Append((byte)':');
            }

            AppendCollapsed(ref buffer, sorted[i].Value);
            buffer.Append((byte)'\n');
        }
    }

    /// <summary>Writes the names with a separator between them: a semicolon, or its escape in a presigned query.</summary>
    public static void AppendNames(ref SigningBuffer buffer, ReadOnlySpan<HeaderField> sorted, ReadOnlySpan<byte> separator)
    {
        for (int i = 0; i < sorted.Length; i++)
        {
            if (i > 0 && sorted[i].Name == sorted[i - 1].Name) continue;
            if (i > 0) buffer.Append(separator);
            buffer.Append(sorted[i].Name);
        }
    }

    private static void AppendCollapsed(ref SigningBuffer buffer, ReadOnlySpan<char> value)
    {
        // The SDKs treat every white space alike here, tabs too, although AWS's page speaks of spaces only.
        value = value.Trim();
        while (!value.IsEmpty)
        {
            int run = IndexOfRun(value);
            if (run < 0) break;
            buffer.Append(value[..run]);
            buffer.Append((byte)' ');
            value = value[run..].TrimStart();
        }

        buffer.Append(value);
    }

    /// <summary>Where white space begins that is not just one space.</summary>
    private static int IndexOfRun(ReadOnlySpan<char> value)
    {
        for (int i = 0; i < value.Length; i++)
        {
            if (char.IsWhiteSpace(value[i]) && (value[i] != ' ' || char.IsWhiteSpace(value[i + 1]))) return i;
        }

        return -1;
    }
}
