using Microsoft.Extensions.DependencyInjection;
using S3Toolkit.Server;

namespace S3Toolkit.Tests.Readme;

#region testing
[TestFixture]
public sealed class InvoiceTests
{
    [Test]
    public async Task ReadInvoice_ServerFailsTwice_IsRetried()
    {
        await using S3Server server = await S3Server.StartAsync();          // port 0, random keys, in memory
        var services = new ServiceCollection();
        services.AddS3Toolkit().UseEmbeddedServer(server);
        await using ServiceProvider provider = services.BuildServiceProvider();
        var buckets = provider.GetRequiredService<IBucketStore>();
        await buckets.CreateAsync("invoices");
        await buckets.Bucket("invoices").Upload("1.txt").FromTextAsync("42 EUR");
        server.Faults.Add(new S3FaultRule { Operation = "GetObject", Fault = S3Fault.InternalError(), MaxRequests = 2 });

        string invoice = await buckets.Bucket("invoices").ReadTextAsync("1.txt");

        Assert.That(invoice, Is.EqualTo("42 EUR"));
        Assert.That(server.Requests.Of("GetObject"), Has.Count.EqualTo(3));
    }
}
#endregion
