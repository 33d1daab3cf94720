namespace S3Toolkit.Server.Tests.Support;

public enum EncryptionKind
{
    /// <summary>The request does not say.</summary>
    None,
    S3,
    Kms,
    TwoLayers,
    CustomerA,
    CustomerB,
}
