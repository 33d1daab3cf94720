using S3Toolkit.Server;

namespace LocalServer;

/// <summary>What the command line asks for.</summary>
internal sealed class Startup
{
    public S3ServerOptions Server { get; } = new() { Port = 9000 };

    /// <summary>A folder whose sub-folders become buckets; null starts empty.</summary>
    public string? SeedFolder { get; set; }

    /// <summary>Where the certificate goes that clients are to trust; null for the temporary folder, until the server stops.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>The file that the users were read from; null for the one user of the two keys.</summary>
    public string? UsersFile { get; set; }

    /// <summary>Whether a line is printed for each request.</summary>
    public bool IsVerbose { get; set; }
}
