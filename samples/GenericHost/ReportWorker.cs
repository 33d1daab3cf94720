using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using S3Toolkit;

namespace GenericHost;

/// <summary>Writes reports into the archive, lists what is there, and stops the host.</summary>
internal sealed partial class ReportWorker(
    [FromKeyedServices("archive")] IBucketStore buckets,
    IOptions<ReportOptions> options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<ReportWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await WriteReportsAsync(stoppingToken);
        }
        catch (S3ToolkitException problem)
        {
            // The message names the operation, the bucket, the key and the request; it never holds a secret.
            LogFailed(problem);
            Environment.ExitCode = 1;
        }
        finally
        {
            lifetime.StopApplication();
        }
    }

    private async Task WriteReportsAsync(CancellationToken cancellationToken)
    {
        await buckets.EnsureAsync(options.Value.BucketName, cancellationToken);
        var reports = buckets.Bucket(options.Value.BucketName);

        for (var number = 1; number <= options.Value.Count; number++)
        {
            var now = time.GetUtcNow();
            var written = await reports.Upload($"{now:yyyy/MM/dd}/report-{number}.txt")
                .WithMetadata("written-by", nameof(ReportWorker))
                .FromTextAsync($"Report {number}, written at {now:O}\n", cancellationToken);
            LogWritten(written.Key, written.SizeBytes);
        }

        await foreach (var found in reports.ListObjectsAsync(cancellationToken: cancellationToken))
            LogFound(found.Key, found.SizeBytes);
    }

    [LoggerMessage(LogLevel.Information, "Wrote {Key}, {SizeBytes} bytes")]
    private partial void LogWritten(string key, long sizeBytes);

    [LoggerMessage(LogLevel.Information, "The archive holds {Key}, {SizeBytes} bytes")]
    private partial void LogFound(string key, long sizeBytes);

    [LoggerMessage(LogLevel.Error, "The reports were not written")]
    private partial void LogFailed(Exception problem);
}
