namespace S3Toolkit.Server.Authentication;

/// <summary>What the signature stage is strict about, and how much it reads before it gives up.</summary>
internal sealed record AuthenticationSettings
{
    /// <summary>How far a signature's time may be from the clock: 15 minutes, as on AWS. Bounds the replay of a stolen request.</summary>
    public TimeSpan MaxClockSkew { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The longest header of an aws-chunked chunk, in bytes; one has about 100. Stops a line without an end.</summary>
    public int MaxChunkHeaderBytes { get; init; } = 1_024;

    /// <summary>The longest trailer of an aws-chunked body, in bytes; one has about 200. Stops fields without end.</summary>
    public int MaxTrailerBytes { get; init; } = 8 * 1_024;

    /// <summary>The smallest chunk that may be followed by another, in bytes: 8 KiB, as on AWS. Stops a body of framing only.</summary>
    public int MinChunkBytes { get; init; } = 8_192;

    /// <summary>Whether signature version 2 is taken. It does not cover the body, nor most of the headers and parameters.</summary>
    public bool AllowVersion2 { get; init; }

    /// <summary>The domains of virtual-hosted requests: version 2 signs the bucket's name even where the host has it.</summary>
    public IReadOnlyList<string> BaseDomains { get; init; } = [];
}
