namespace S3Toolkit.Server.Pipeline;

/// <summary>
/// The transport of a request's body broke: there is nobody left to answer. No <see cref="IOException"/> on purpose, for those come from
/// disks and from parsers too.
/// </summary>
internal sealed class ClientBrokeOffException(Exception innerException)
    : Exception("The client broke off its request body.", innerException);
