using System.Globalization;

namespace S3Toolkit.Signing;

/// <summary>What a signing key is good for: one day, one region, one service.</summary>
/// <param name="Date">The day in UTC, <c>yyyyMMdd</c>.</param>
/// <param name="Region">The region, for example <c>eu-west-1</c>.</param>
/// <param name="Service">The service, <c>s3</c>.</param>
internal readonly record struct CredentialScope(string Date, string Region, string Service)
{
    public const string Terminator = "aws4_request";
    public const string S3Service = "s3";

    public static CredentialScope ForS3(DateTimeOffset time, string region) =>
        new(time.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture), region, S3Service);

    public void AppendTo(ref SigningBuffer buffer)
    {
        buffer.Append(Date);
        buffer.Append((byte)'/');
        buffer.Append(Region);
        buffer.Append((byte)'/');
        buffer.Append(Service);
        buffer.Append((byte)'/');
        buffer.Append(Terminator);
    }

    public override string ToString() => $"{Date}/{Region}/{Service}/{Terminator}";
}
