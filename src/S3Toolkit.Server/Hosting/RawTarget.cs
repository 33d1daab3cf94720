namespace S3Toolkit.Server.Hosting;

/// <summary>The request line's target, cut but never normalised.</summary>
internal static class RawTarget
{
    public static (string Path, string Query) Split(string target)
    {
        int start = 0;
        if (!target.StartsWith('/'))
        {
            // The absolute form, as sent to a proxy.
            int scheme = target.IndexOf("://", StringComparison.Ordinal);
            if (scheme >= 0) start = target.AsSpan(scheme + 3).IndexOfAny('/', '?') is var at && at >= 0 ? scheme + 3 + at : target.Length;
        }
        int question = target.IndexOf('?', start);
        string path = question < 0 ? target[start..] : target[start..question];
        return (path.StartsWith('/') ? path : "/" + path, question < 0 ? "" : target[(question + 1)..]);
    }
}
