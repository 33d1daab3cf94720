namespace S3Toolkit;

/// <summary>How far the bytes of an answer were compared with what the server holds.</summary>
public enum ContentVerification
{
    /// <summary>Not yet: the content was not read to its end.</summary>
    Pending,

    /// <summary>By length alone: a range, or an object without a checksum that covers its bytes.</summary>
    LengthOnly,

    /// <summary>By the MD5 in the ETag of an object that was put in one request.</summary>
    ETagMd5,

    /// <summary>By the checksum of the whole object.</summary>
    FullObject,
}
