using System.Text;
using CsCheck;

namespace S3Toolkit.Server.Tests.Fuzz;

/// <summary>Ways to spoil bytes: a valid document becomes a bad one that a parser follows for a while.</summary>
internal static class Mutations
{
    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "<", ">", "&", "&amp;", "&lol;", "&#0;", "&#xD800;", "<![CDATA[", "]]>", "<!--", "<?xml version=\"1.0\" encoding=\"utf-16\"?>",
            "<!DOCTYPE a [<!ENTITY lol \"lol\">]>", "<!DOCTYPE a SYSTEM \"file:///etc/passwd\">", "</a>", "<a/>", "<Key/>", "<Tag>",
            " x=\"1\"",
            "{", "}", "[", "]", "\"", "null", "1e999", "-1", "99999999999999999999", "\u0000", "\u0001", "\uFEFF", "\r\n", ":", ",",
            "\\u0000",
            "\\ud800", "😀", "%00", ";",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xFE, 0xFF], [0x1A],
        Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("<a>", 2_000))),
        Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("<a/>", 5_000))),
        Encoding.ASCII.GetBytes("<a b=\"" + new string('x', 60_000) + "\"/>"),
        Encoding.ASCII.GetBytes(new string('[', 20_000)),
        Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 5_000))),
        Encoding.ASCII.GetBytes(new string('9', 10_000)),
    ];

    /// <summary>One change: where (a part of 1,000 of the length), what, how many bytes, which token.</summary>
    public static readonly Gen<(int At, int Kind, int Count, int Token)> Change =
        Gen.Select(Gen.Int[0, 1000], Gen.Int[0, 5], Gen.Int[1, 12], Gen.Int[0, Tokens.Length - 1]);

    public static byte[] Apply(byte[] bytes, IEnumerable<(int At, int Kind, int Count, int Token)> changes) =>
        changes.Aggregate(bytes, static (current, change) => Apply(current, change));

    private static byte[] Apply(byte[] bytes, (int At, int Kind, int Count, int Token) change)
    {
        int at = bytes.Length * change.At / 1000;
        int end = Math.Min(bytes.Length, at + change.Count);
        return change.Kind switch
        {
            0 => [.. bytes[..at], .. bytes[end..]],
            1 => [.. bytes[..end], .. bytes[at..]],
            2 => bytes[..at],
            3 => at < bytes.Length ? [.. bytes[..at], (byte)(bytes[at] ^ (1 << (change.Count % 8))), .. bytes[(at + 1)..]] : bytes,
            4 => Encoding.Convert(Encoding.UTF8, change.Count % 2 == 0 ? Encoding.Unicode : Encoding.UTF32, bytes),
            _ => [.. bytes[..at], .. Tokens[change.Token], .. bytes[at..]],
        };
    }
}
