using S3Toolkit;

namespace TestingYourApp;

/// <summary>The application under test: it keeps invoices, and never overwrites one.</summary>
internal sealed class InvoiceArchive(IBucketStore buckets)
{
    public Task<ObjectInfo> StoreAsync(string number, string text) =>
        buckets.Bucket("invoices").Upload(number + ".txt").OnlyIfAbsent().FromTextAsync(text);

    public Task<string> ReadAsync(string number) => buckets.Bucket("invoices").ReadTextAsync(number + ".txt");

    public Task<PresignedRequest> ShareAsync(string number) =>
        buckets.Bucket("invoices").PresignGetAsync(number + ".txt", TimeSpan.FromMinutes(15));
}
