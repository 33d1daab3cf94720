using System.Net;
using Microsoft.Extensions.DependencyInjection;
using S3Toolkit;
using S3Toolkit.Server;

namespace TestingYourApp;

/// <summary>How an application is tested with the embedded server: real requests, no account, no Docker, no wait.</summary>
[TestFixture]
public sealed class InvoiceArchiveTests
{
    private S3Server _server = null!;
    private ServiceProvider _services = null!;
    private S3ServerSnapshot _seeded = null!;
    private InvoiceArchive _archive = null!;

    // One server for all tests of the fixture: what each does to it is undone by the snapshot.
    [OneTimeSetUp]
    public async Task StartServer()
    {
        _server = await S3Server.StartAsync();
        _services = new ServiceCollection().AddS3Toolkit().UseEmbeddedServer(_server).Services.BuildServiceProvider();
        _archive = new InvoiceArchive(_services.GetRequiredService<IBucketStore>());
        await _server.SeedAsync(new Dictionary<string, string> { ["1.txt"] = "42 EUR" }, "invoices");
        _seeded = _server.Snapshot();
    }

    [SetUp]
    public async Task GoBackToTheSeed()
    {
        await _server.RestoreAsync(_seeded);
        _server.Faults.Clear();
        _server.Requests.Clear();
    }

    [OneTimeTearDown]
    public async Task StopServer()
    {
        await _services.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task Read_WhatWasSeeded_IsThere() => Assert.That(await _archive.ReadAsync("1"), Is.EqualTo("42 EUR"));

    [Test]
    public async Task Store_Twice_KeepsTheFirst()
    {
        await _archive.StoreAsync("2", "7 EUR");

        await Assert.ThatAsync(() => _archive.StoreAsync("2", "8 EUR"), Throws.TypeOf<PreconditionFailedException>());
        Assert.That(await _archive.ReadAsync("2"), Is.EqualTo("7 EUR"));
    }

    [Test]
    public async Task Read_ServerIsBusy_IsTriedAgain()
    {
        _server.Faults.Add(new S3FaultRule { Operation = "GetObject", Fault = S3Fault.SlowDown(TimeSpan.Zero), MaxRequests = 2 });

        Assert.That(await _archive.ReadAsync("1"), Is.EqualTo("42 EUR"));
        Assert.That(_server.Requests.Of("GetObject"), Has.Count.EqualTo(3));
    }

    // The object is stored, the answer never arrives: what an application does then is worth a test.
    [Test]
    public async Task Store_AnswerIsLost_IsStoredAllTheSame()
    {
        _server.Faults.Add(new S3FaultRule { Operation = "PutObject", Fault = S3Fault.ResetAfterCommit(), MaxRequests = 1 });

        await Assert.ThatAsync(() => _archive.StoreAsync("3", "9 EUR"), Throws.TypeOf<PreconditionFailedException>());
        Assert.That(await _archive.ReadAsync("3"), Is.EqualTo("9 EUR"));
    }

    [Test]
    public void Read_BytesAreDamagedOnTheWay_IsNotAccepted()
    {
        _server.Faults.Add(new S3FaultRule { Operation = "GetObject", Fault = S3Fault.FlipByte(2) });

        Assert.That(() => _archive.ReadAsync("1"), Throws.TypeOf<ContentCorruptedException>());
    }

    // A server of the test's own that begins where the other is: for what a shared one must not see, such as rules for all objects.
    [Test]
    public async Task Read_DeletedInAFork_IsStillThere()
    {
        await using S3Server fork = await _server.ForkAsync();
        await using ServiceProvider services =
            new ServiceCollection().AddS3Toolkit().UseEmbeddedServer(fork).Services.BuildServiceProvider();
        await services.GetRequiredService<IBucketStore>().Bucket("invoices").DeleteAsync("1.txt");

        Assert.That(await _archive.ReadAsync("1"), Is.EqualTo("42 EUR"));
    }

    [Test]
    public async Task Share_AfterAQuarterOfAnHour_HasExpired()
    {
        PresignedRequest link = await _archive.ShareAsync("1");
        using HttpClient browser = new();
        using HttpResponseMessage now = await browser.GetAsync(link.Uri);
        _server.Clock.Advance(TimeSpan.FromMinutes(16));
        using HttpResponseMessage later = await browser.GetAsync(link.Uri);

        Assert.That((now.StatusCode, later.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.Forbidden)));
    }
}
