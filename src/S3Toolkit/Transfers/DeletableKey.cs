using System.Text;
using System.Xml;

namespace S3Toolkit.Transfers;

/// <summary>What a key must be like to be deleted at all, and to be deleted together with others: pure functions.</summary>
internal static class DeletableKey
{
    // "Creating object key names", Amazon S3 user guide.
    private const int MaxKeyBytes = 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Why S3 cannot have this key; null when it can. One such key would make the server refuse all others of its request.
    /// </summary>
    public static DeleteFailure? Fault(string? key)
    {
        if (string.IsNullOrEmpty(key)) return new DeleteFailure("InvalidArgument", "The key is empty.");
        try
        {
            var bytes = Strict.GetByteCount(key);
            return bytes <= MaxKeyBytes
                ? null
                : new DeleteFailure("KeyTooLongError", $"The key has {bytes} bytes of UTF-8; S3 allows {MaxKeyBytes}.");
        }
        catch (EncoderFallbackException)
        {
            return new DeleteFailure("InvalidArgument", "The key has half of a surrogate pair, which UTF-8 cannot express.");
        }
    }

    /// <summary>
    /// Whether a key survives in the XML of DeleteObjects: XML 1.0 has no control characters, and turns carriage returns into line feeds.
    /// </summary>
    public static bool FitsXml(string key)
    {
        for (var i = 0; i < key.Length; i++)
        {
            if (char.IsHighSurrogate(key[i]) && i + 1 < key.Length && XmlConvert.IsXmlSurrogatePair(key[i + 1], key[i])) i++;
            else if (key[i] < ' ' || !XmlConvert.IsXmlChar(key[i])) return false;
        }

        return true;
    }
}
