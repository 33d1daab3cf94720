using S3Toolkit.Signing;

namespace S3Toolkit.Server.Tests.Signing;

/// <summary>The credential, time and host of the examples in the Amazon S3 API reference ("Signature Calculations").</summary>
internal static class AwsExample
{
    public const string AccessKeyId = "AKIAIOSFODNN7EXAMPLE";
    public const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    public const string Region = "us-east-1";
    public const string AmzDate = "20130524T000000Z";
    public const string Host = "examplebucket.s3.amazonaws.com";

    public static readonly DateTimeOffset Time = new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero);

    public static RequestSigner Signer => new(new SigningCredential(AccessKeyId, Secret), Region, new SigningKeyCache());

    public static CredentialScope Scope => CredentialScope.ForS3(Time, Region);

    public static string SignatureOf(string authorization) => authorization[(authorization.LastIndexOf('=') + 1)..];
}
