using System.Buffers.Binary;
using S3Toolkit.Checksums;

namespace S3Toolkit.Transfers.Downloads;

/// <summary>
/// The bytes of a journal: a mark, then frames of length, CRC-32C and payload, of which the first is the header and each other a part
/// that is in the file. Pure. What a crash left half-written ends the journal there.
/// </summary>
internal static class JournalFormat
{
    private const int FrameHeadBytes = 2 * sizeof(uint);
    private const int PartBytes = sizeof(int) + sizeof(int) + sizeof(ulong);

    // No header is longer: a key has at most 1,024 bytes, a path a few thousand.
    private const int MaxPayloadBytes = 1024 * 1024;

    /// <summary>What all journals begin with.</summary>
    public static ReadOnlySpan<byte> Mark => "S3Toolkit download 1\n"u8;

    /// <summary>Whether bytes can be those of a journal, complete or not.</summary>
    public static bool IsJournal(ReadOnlySpan<byte> bytes) => bytes.Length < Mark.Length ? Mark.StartsWith(bytes) : bytes.StartsWith(Mark);

    public static byte[] Begin(JournalHeader header) => [.. Mark, .. Frame(header.ToBytes())];

    public static byte[] Part(int index, PartValue value)
    {
        Span<byte> payload = stackalloc byte[PartBytes];
        BinaryPrimitives.WriteInt32LittleEndian(payload, index);
        BinaryPrimitives.WriteInt32LittleEndian(payload[4..], value.Function is { } function ? (int)function : -1);
        BinaryPrimitives.WriteUInt64LittleEndian(payload[8..], value.Crc);
        return Frame(payload);
    }

    /// <summary>Reads a journal as far as it is whole.</summary>
    /// <returns>The header, null when not even that is whole; the parts; and how many bytes are whole.</returns>
    public static (JournalHeader? Header, IReadOnlyDictionary<int, PartValue> Parts, int WholeBytes) Read(ReadOnlySpan<byte> bytes)
    {
        var parts = new Dictionary<int, PartValue>();
        if (!bytes.StartsWith(Mark)) return (null, parts, 0);
        var position = Mark.Length;
        JournalHeader? header = null;
        while (TryReadFrame(bytes[position..], out var payload))
        {
            if (header is null)
            {
                header = JournalHeader.FromBytes(payload.ToArray());
                if (header is null) return (null, parts, 0);
            }
            else if (ReadPart(payload, header.Plan) is { } part)
            {
                parts[part.Index] = part.Value;
            }
            else
            {
                break;
            }

            position += FrameHeadBytes + payload.Length;
        }

        return (header, parts, header is null ? 0 : position);
    }

    private static (int Index, PartValue Value)? ReadPart(ReadOnlySpan<byte> payload, DownloadPlan plan)
    {
        if (payload.Length != PartBytes) return null;
        var index = BinaryPrimitives.ReadInt32LittleEndian(payload);
        var function = BinaryPrimitives.ReadInt32LittleEndian(payload[4..]);
        if (index < 0 || index >= plan.PartCount) return null;
        var crc = BinaryPrimitives.ReadUInt64LittleEndian(payload[8..]);
        return (index, new PartValue(function < 0 ? null : (ChecksumFunction)function, crc));
    }

    private static bool TryReadFrame(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (bytes.Length < FrameHeadBytes) return false;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (length > MaxPayloadBytes || length > bytes.Length - FrameHeadBytes) return false;
        payload = bytes.Slice(FrameHeadBytes, (int)length);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) == Crc(payload);
    }

    private static byte[] Frame(ReadOnlySpan<byte> payload)
    {
        var frame = new byte[FrameHeadBytes + payload.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(frame, (uint)payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(4), Crc(payload));
        payload.CopyTo(frame.AsSpan(FrameHeadBytes));
        return frame;
    }

    private static uint Crc(ReadOnlySpan<byte> payload)
    {
        using var checksum = new Crc32CChecksum();
        checksum.Append(payload);
        return (uint)PartHash.Crc(checksum);
    }
}
