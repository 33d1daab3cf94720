namespace S3Toolkit;

/// <summary>An HTML form upload that anybody who holds it may make until it expires. Treat its fields as a secret.</summary>
/// <param name="Uri">The address that the form posts to.</param>
/// <param name="Fields">The form's fields, to be sent before the field <c>file</c>.</param>
/// <param name="ExpiresAt">When it stops to work.</param>
public sealed record PresignedPost(Uri Uri, IReadOnlyDictionary<string, string> Fields, DateTimeOffset ExpiresAt)
{
    /// <summary>Names the form without its fields, which hold the signature.</summary>
    /// <returns>A text that is safe to log.</returns>
    public override string ToString() => $"POST {Uri.GetLeftPart(UriPartial.Path)} (presigned until {ExpiresAt:u})";
}
