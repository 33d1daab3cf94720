using S3Toolkit.Server.Operations.Catalog;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Docs;

/// <summary>What the compatibility page says of operations that are not there.</summary>
public sealed class UnsupportedOperationTests(ServerMode mode) : ServerFixture(mode)
{
    [Test]
    public async Task UnsupportedOperation_Asked_IsNotImplementedByName()
    {
        await PutAsync("key", "x");
        foreach (S3Operation row in OperationCatalog.All.Where(row => row.Handler is null))
        {
            string path = row.Scope switch { OperationScope.Service => "/", OperationScope.Bucket => "/" + Bucket, _ => $"/{Bucket}/key" };
            string query = row.Discriminator is { } parameter ? $"{parameter}=x&{row.Subresource}=" : $"{row.Subresource}=";
            string body = row.Has(OperationTraits.TakesBody) ? "<x/>" : "";

            (int status, string answer) = await SendAsync(new HttpMethod(row.Method), path, query, body);

            Assert.That(status, Is.EqualTo(501), row.Name);
            Assert.That(answer, Does.Contain("<Code>NotImplemented</Code>").And.Contain($": {row.Name}."));
        }
    }
}
