namespace S3Toolkit.Transport.Credentials;

/// <summary>Says in a few words why a file cannot be read.</summary>
internal static class FileProblem
{
    public static string Describe(Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => "it does not exist",
        UnauthorizedAccessException => "access is denied",
        _ => error.GetType().Name,
    };
}
