namespace S3Toolkit.Transfers.Downloads;

/// <summary>A store whose objects can be downloaded in parallel ranges; those that wrap one or stand in for it need not be.</summary>
internal interface IRangedSource
{
    FileDownloader Downloader { get; }
}
