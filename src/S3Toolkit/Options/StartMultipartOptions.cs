namespace S3Toolkit;

/// <summary>Options of <see cref="IObjectStore.StartMultipartAsync"/>. The conditions are checked when the upload is completed.</summary>
public sealed record StartMultipartOptions : ObjectWriteOptions;
