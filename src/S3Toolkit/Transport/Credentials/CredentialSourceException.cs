namespace S3Toolkit.Transport.Credentials;

/// <summary>A source of credentials is configured but gives none. The message is fit for the user and holds no secret.</summary>
internal sealed class CredentialSourceException(string message, Exception? innerException = null) : Exception(message, innerException);
