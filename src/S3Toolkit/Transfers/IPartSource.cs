namespace S3Toolkit.Transfers;

/// <summary>The parts of one body, in order. Asked by one caller at a time.</summary>
internal interface IPartSource
{
    /// <summary>The length of the body; null until its end was seen.</summary>
    long? Length { get; }

    /// <summary>The next part; null after the last.</summary>
    ValueTask<UploadPart?> NextAsync(CancellationToken cancellationToken);

    /// <summary>Looks, before the object is made, whether the parts still are what the source holds.</summary>
    /// <exception cref="S3ToolkitException">The source changed.</exception>
    void ThrowIfChanged();
}
