namespace S3Toolkit.Transport.Credentials;

/// <summary>One step of a chain: what was asked and what came of it. Holds no secret, so that it can be shown.</summary>
internal readonly record struct ChainAttempt(string Source, string Outcome);
