namespace S3Toolkit.Signing;

/// <summary>A header to sign. Several values of one name are adjacent fields, in the order in which they are sent.</summary>
/// <param name="Name">The name in lower case.</param>
/// <param name="Value">The value as it is sent.</param>
internal readonly record struct HeaderField(string Name, string Value);
