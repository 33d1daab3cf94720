using System.Buffers;

namespace S3Toolkit.Signing;

/// <summary>The canonical query: every name and value in canonical encoding, sorted by name and then by value.</summary>
internal static class CanonicalQuery
{
    private const int ParametersOnStack = 32;

    /// <summary>Writes the canonical form of a raw query.</summary>
    /// <param name="buffer">Where it goes.</param>
    /// <param name="rawQuery">The query as sent, without the question mark.</param>
    /// <param name="except">The name of a parameter to leave out (<c>X-Amz-Signature</c>), or empty.</param>
    public static void Append(ref SigningBuffer buffer, ReadOnlySpan<char> rawQuery, ReadOnlySpan<char> except = default)
    {
        if (rawQuery.IsEmpty) return;

        int capacity = rawQuery.Count('&') + 1;
        Parameter[]? rented = capacity <= ParametersOnStack ? null : ArrayPool<Parameter>.Shared.Rent(capacity);
        Span<Parameter> parameters = rented is null ? stackalloc Parameter[ParametersOnStack] : rented;
        var scratch = new SigningBuffer(stackalloc byte[1024]);

        int count = Encode(rawQuery, except, ref scratch, parameters);
        AppendSorted(ref buffer, scratch.Written, parameters[..count]);

        scratch.Dispose();
        if (rented is not null) ArrayPool<Parameter>.Shared.Return(rented);
    }

    private static int Encode(
        ReadOnlySpan<char> rawQuery, ReadOnlySpan<char> except, ref SigningBuffer scratch, Span<Parameter> parameters)
    {
        int count = 0;
        foreach (Range range in rawQuery.Split('&'))
        {
            ReadOnlySpan<char> pair = rawQuery[range];
            int equals = pair.IndexOf('=');
            ReadOnlySpan<char> name = equals < 0 ? pair : pair[..equals];
            if (pair.IsEmpty || (!except.IsEmpty && name.SequenceEqual(except))) continue;

            int start = scratch.Count;
            S3UriEncoding.AppendCanonical(ref scratch, name, keepSlash: false);
            int nameEnd = scratch.Count;
            if (equals >= 0) S3UriEncoding.AppendCanonical(ref scratch, pair[(equals + 1)..], keepSlash: false);
            parameters[count++] = new Parameter(start, nameEnd, scratch.Count);
        }

        return count;
    }

    private static void AppendSorted(ref SigningBuffer buffer, scoped ReadOnlySpan<byte> text, scoped Span<Parameter> parameters)
    {
        if (parameters.Length > ParametersOnStack)
        {
            // For queries that somebody made to be slow. A span of bytes cannot be captured by a comparison, hence the copy.
            byte[] copy = text.ToArray();
            parameters.Sort((left, right) => Compare(copy, left, right));
        }
        else
        {
            InsertionSort(text, parameters); // clients send parameters nearly sorted
        }

        for (int i = 0; i < parameters.Length; i++)
        {
            if (i > 0) buffer.Append((byte)'&');
            buffer.Append(parameters[i].Name(text));
            buffer.Append((byte)'=');
            buffer.Append(parameters[i].Value(text));
        }
    }

    private static void InsertionSort(ReadOnlySpan<byte> text, Span<Parameter> parameters)
    {
        for (int i = 1; i < parameters.Length; i++)
        {
            Parameter moved = parameters[i];
            int at = i;
            for (; at > 0 && Compare(text, parameters[at - 1], moved) > 0; at--) parameters[at] = parameters[at - 1];
            parameters[at] = moved;
        }
    }

    private static int Compare(ReadOnlySpan<byte> text, Parameter left, Parameter right)
    {
        int byName = left.Name(text).SequenceCompareTo(right.Name(text));
        return byName != 0 ? byName : left.Value(text).SequenceCompareTo(right.Value(text));
    }

    private readonly record struct Parameter(int Start, int NameEnd, int End)
    {
        public ReadOnlySpan<byte> Name(ReadOnlySpan<byte> text) => text[Start..NameEnd];

        public ReadOnlySpan<byte> Value(ReadOnlySpan<byte> text) => text[NameEnd..End];
    }
}
