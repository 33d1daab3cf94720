namespace S3Toolkit.Server.Operations.Catalog;

/// <summary>What the pipeline does differently for an operation.</summary>
[Flags]
internal enum OperationTraits
{
    None = 0,

    /// <summary>It reads the request's body. What sends a body to any other operation has it verified and dropped.</summary>
    TakesBody = 1,

    /// <summary>Its bucket is not there yet.</summary>
    MakesBucket = 2,

    /// <summary>It answers whatever region the request was signed for: it tells which one is right.</summary>
    AnyRegion = 4,

    /// <summary>It is signed within its body, a form: who asks is known after that was read.</summary>
    SignedByForm = 8,

    /// <summary>Nobody signs it and anybody may ask: a browser's question before the request that it is about.</summary>
    Unsigned = 16,

    /// <summary>It makes an object, as against an upload or a part of one: s3:ObjectCreationOperation of policies.</summary>
    CreatesObject = 32,
}
