namespace S3Toolkit;

/// <summary>Options of <see cref="IObjectStore.FindAsync"/>.</summary>
public sealed record FindObjectOptions : ObjectReadOptions;
