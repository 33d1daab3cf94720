namespace S3Toolkit.Server.Pipeline;

/// <summary>How a request was signed, as policies ask for it.</summary>
/// <param name="Version">s3:signatureversion: AWS4-HMAC-SHA256, or AWS for version 2.</param>
/// <param name="AuthType">s3:authType: where the signature was.</param>
/// <param name="Time">When it was signed; null when the signature does not tell.</param>
internal sealed record SignatureFacts(string Version, string AuthType, DateTimeOffset? Time)
{
    public const string Header = "REST-HEADER", Query = "REST-QUERY-STRING", Form = "POST";
}
