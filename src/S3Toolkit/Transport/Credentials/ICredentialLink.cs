namespace S3Toolkit.Transport.Credentials;

/// <summary>One place where credentials may come from.</summary>
internal interface ICredentialLink
{
    /// <summary>The name that the trace shows.</summary>
    string Name { get; }

    /// <summary>Looks whether the place is set up; what it gives is loaded afterwards, by the chain.</summary>
    /// <exception cref="CredentialSourceException">The place is set up, but wrongly.</exception>
    LinkOutcome Find();
}
