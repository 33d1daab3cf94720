using System.Text;

namespace S3Toolkit.Server.Storage.Disk.Metadata;

/// <summary>Keys as the database orders them, and the places between them.</summary>
internal static class KeyBytes
{
    /// <summary>After every key: no UTF-8 has this byte.</summary>
    private static readonly byte[] End = [0xFF];

    public static byte[] Of(string key) => Encoding.UTF8.GetBytes(key);

    public static string ToKey(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    /// <summary>The first place after a key.</summary>
    public static byte[] After(string key)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(key) + 1]; // a key's successor is the key and a zero
        Encoding.UTF8.GetBytes(key, bytes);
        return bytes;
    }

    /// <summary>The first place after all keys that start with a prefix.</summary>
    public static byte[] AfterPrefix(string prefix)
    {
        if (prefix.Length == 0) return End;
        byte[] bytes = Of(prefix);
        bytes[^1]++; // no byte of UTF-8 is 0xFF, so nothing carries over
        return bytes;
    }

    public static byte[] Of(PageStart start) => start.Place switch
    {
        PagePlace.After => After(start.Key),
        PagePlace.AfterPrefix => AfterPrefix(start.Key),
        _ => Of(start.Key),
    };
}
