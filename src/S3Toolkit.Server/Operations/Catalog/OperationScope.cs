namespace S3Toolkit.Server.Operations.Catalog;

/// <summary>What an operation is aimed at.</summary>
internal enum OperationScope
{
    Service,
    Bucket,
    Object,
}
