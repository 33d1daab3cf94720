namespace S3Toolkit.Server.Tests.Support;

public enum ServerMode
{
    Socket,
    InMemory,
}
