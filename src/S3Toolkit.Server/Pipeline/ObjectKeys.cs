using System.Text;

namespace S3Toolkit.Server.Pipeline;

/// <summary>S3's one rule for keys.</summary>
internal static class ObjectKeys
{
    /// <summary>S3: 1,024 bytes of UTF-8.</summary>
    public const int MaxBytes = 1024;

    public static void Check(string key)
    {
        int bytes = Encoding.UTF8.GetByteCount(key);
        if (bytes > MaxBytes) throw S3Errors.KeyTooLong(bytes, MaxBytes).ToException();
    }
}
