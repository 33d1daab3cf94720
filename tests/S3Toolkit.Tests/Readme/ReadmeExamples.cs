using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Polly;
using S3Toolkit.Server;

namespace S3Toolkit.Tests.Readme;

/// <summary>The examples of the README: it shows what stands between the marks, and each runs on the embedded server.</summary>
[TestFixture]
public sealed class ReadmeExamples
{
    private S3Server _server = null!;
    private ServiceProvider _provider = null!;
    private IBucketStore _buckets = null!;
    private DirectoryInfo _folder = null!;
    private TextWriter _console = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _console = Console.Out;
        _server = await S3Server.StartAsync();
        var services = new ServiceCollection();
        services.AddS3Toolkit().UseEmbeddedServer(_server);
        _provider = services.BuildServiceProvider();
        _buckets = _provider.GetRequiredService<IBucketStore>();
        _folder = Directory.CreateTempSubdirectory("s3toolkit-readme-");
    }

    [TearDown]
    public async Task StopAsync()
    {
        Console.SetOut(_console);
        await _provider.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Test]
    public void Register_InAllForms_GivesStores()
    {
        var services = new ServiceCollection();
        const string accountId = "0123456789abcdef0123456789abcdef";

        #region register
        services.AddS3Toolkit();                                                            // section S3Toolkit, else AWS's own chain
        services.AddS3Toolkit("archive", options => options.UseCloudflareR2(accountId));    // another store: a keyed service
        services.AddS3Toolkit("tests").UseEmbeddedServer();                                 // a server in this process
        #endregion

        using var provider = services.BuildServiceProvider();
        Assert.That(provider.GetRequiredService<IBucketStore>(), Is.Not.Null);
        Assert.That(provider.GetRequiredKeyedService<IBucketStore>("archive"), Is.Not.SameAs(provider.GetRequiredService<IBucketStore>()));
    }

    [Test]
    public void Inject_StoresByTypeAndByKey_ResolvesBoth()
    {
        var services = new ServiceCollection();
        services.AddS3Toolkit().UseEmbeddedServer(_server);
        services.AddS3Toolkit("archive").UseEmbeddedServer(_server);
        services.AddSingleton<PhotoAlbum>();
        using var provider = services.BuildServiceProvider();

        Assert.That(provider.GetRequiredService<PhotoAlbum>().Photos.BucketName, Is.EqualTo("photos"));
    }

    #region inject
    public sealed class PhotoAlbum(IBucketStore buckets, [FromKeyedServices("archive")] IBucketStore archive)
    {
        public IObjectStore Photos => buckets.Bucket("photos");    // no request is sent: a handle is cheap

        public IObjectStore Originals => archive.Bucket("originals");
    }
    #endregion

    [Test]
    public async Task UploadAndDownload_OneSentenceEach_KeepsTheBytes()
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        var (path, copyPath, buckets) = (Path.Combine(_folder.FullName, "cat.jpg"), Path.Combine(_folder.FullName, "copy.jpg"), _buckets);
        await File.WriteAllBytesAsync(path, TestContext.CurrentContext.Random.NextGuid().ToByteArray(), cancellationToken);
        var progress = new Progress<TransferProgress>();

        #region upload-download
        await buckets.EnsureAsync("photos", cancellationToken);
        IObjectStore photos = buckets.Bucket("photos");

        ObjectInfo cat = await photos.Upload("2026/cat.jpg")
            .WithMetadata("taken-by", "anna")
            .WithTag("year", "2026")
            .WithCacheControl("max-age=3600")
            .WithProgress(progress)
            .OnlyIfAbsent()                                        // a second upload is a PreconditionFailedException
            .FromFileAsync(path, cancellationToken);               // or FromStreamAsync, FromMemoryAsync, FromTextAsync, FromPipeAsync

        await photos.Download(cat.Key).ToFileAsync(copyPath, cancellationToken);     // whole and verified, or not there at all
        byte[] start = await photos.Download(cat.Key).WithRange(0, 4).ToArrayAsync(cancellationToken);
        #endregion

        var original = await File.ReadAllBytesAsync(path, cancellationToken);
        Assert.That(await File.ReadAllBytesAsync(copyPath, cancellationToken), Is.EqualTo(original));
        Assert.That(start, Is.EqualTo(original[..4]));
        Assert.That(cat.SizeBytes, Is.EqualTo(16));
        Assert.That(
            async () => await photos.Upload(cat.Key).OnlyIfAbsent().FromTextAsync("late"), Throws.TypeOf<PreconditionFailedException>());
    }

    [Test]
    public async Task Missing_GetThrowsFindGivesNull_AsTheNamesSay()
    {
        var photos = await PhotosAsync();

        #region missing
        ObjectInfo? info = await photos.FindAsync("none.jpg");     // null when it is missing
        bool exists = await photos.ExistsAsync("none.jpg");
        await photos.DeleteAsync("none.jpg");                      // deleting what is not there succeeds
        try
        {
            string text = await photos.ReadTextAsync("none.txt");
        }
        catch (ObjectNotFoundException missing)
        {
            Console.WriteLine($"{missing.BucketName}/{missing.Key}, request {missing.RequestId}: {missing.Message}");
        }
        #endregion

        Assert.That(info, Is.Null);
        Assert.That(exists, Is.False);
        Assert.That(async () => await photos.ReadTextAsync("none.txt"), Throws.TypeOf<ObjectNotFoundException>());
    }

    [Test]
    public async Task ListAndDelete_ByPrefix_TakesThatPrefixOnly()
    {
        var photos = await PhotosAsync("2025/a.jpg", "2025/b.jpg", "2026/c.jpg");
        var output = new StringWriter();
        Console.SetOut(output);

        #region list-delete
        await foreach (ListedObject found in photos.ListObjectsAsync("2025/"))
            Console.WriteLine($"{found.Key}: {found.SizeBytes} bytes");

        await foreach (ObjectListing entry in photos.ListAsync(new ListObjectsOptions { Delimiter = "/" }))
            Console.WriteLine(entry is ListedPrefix ? $"prefix {entry.Name}" : $"object {entry.Name}");

        await foreach (DeleteResult deleted in photos.DeletePrefixAsync("2025/"))      // any number, in batches of 1,000
            Console.WriteLine(deleted.IsSuccess ? $"deleted {deleted.Key}" : $"{deleted.Key}: {deleted.Failure!.Message}");
        #endregion

        Assert.That(output.ToString(), Does.Contain("2025/b.jpg: 1 bytes").And.Contain("prefix 2026/").And.Contain("deleted 2025/a.jpg"));
        Assert.That(await photos.ListObjectsAsync().Select(found => found.Key).ToListAsync(), Is.EqualTo(new[] { "2026/c.jpg" }));
    }

    [Test]
    public async Task CopyAndTags_OnTheServer_KeepTheContent()
    {
        var photos = await PhotosAsync("2026/cat.jpg");

        #region copy-tags
        await photos.CopyAsync("2026/cat.jpg", "favourites/cat.jpg");                          // on the server, metadata and tags too
        await photos.CopyAsync(new ObjectAddress("photos", "2026/cat.jpg"), "2027/cat.jpg");   // from any bucket

        await photos.SetTagsAsync("2026/cat.jpg", new Dictionary<string, string> { ["state"] = "reviewed" });
        IReadOnlyDictionary<string, string> tags = await photos.GetTagsAsync("2026/cat.jpg");
        #endregion

        Assert.That(await photos.ReadBytesAsync("favourites/cat.jpg"), Is.EqualTo(await photos.ReadBytesAsync("2027/cat.jpg")));
        Assert.That(tags, Is.EqualTo(new Dictionary<string, string> { ["state"] = "reviewed" }));
    }

    [Test]
    public async Task Presign_GetPutAndPost_WorkWithoutCredentials()
    {
        var photos = await PhotosAsync("2026/cat.jpg");

        #region presign
        PresignedRequest download = await photos.PresignGetAsync("2026/cat.jpg", TimeSpan.FromMinutes(15));
        PresignedRequest upload = await photos.PresignPutAsync("2026/dog.jpg", TimeSpan.FromMinutes(15));
        PresignedPost form = await photos.PresignPostAsync(
            "uploads/", new PresignPostOptions { KeyIsPrefix = true, MaxContentLengthBytes = 1_000_000 });
        #endregion

        using var browser = new HttpClient();
        Assert.That(await browser.GetByteArrayAsync(download.Uri), Has.Length.EqualTo(1));
        using var put = await browser.PutAsync(upload.Uri, new ByteArrayContent([1, 2, 3]));
        Assert.That(put.IsSuccessStatusCode, Is.True);
        Assert.That(await photos.ReadBytesAsync("2026/dog.jpg"), Is.EqualTo(new byte[] { 1, 2, 3 }));
        using var fields = new MultipartFormDataContent();
        foreach (var (name, value) in form.Fields) fields.Add(new StringContent(value), name);
        fields.Add(new ByteArrayContent([4, 5]), "file", "cat.txt");
        using var post = await browser.PostAsync(form.Uri, fields);
        Assert.That(post.IsSuccessStatusCode, Is.True, await post.Content.ReadAsStringAsync());
        Assert.That(await photos.ReadBytesAsync("uploads/cat.txt"), Is.EqualTo(new byte[] { 4, 5 }));
    }

    [Test]
    public async Task Multipart_ByHand_IsOneObjectInTheEnd()
    {
        var photos = await PhotosAsync();
        byte[] first = new byte[5 * 1024 * 1024], last = [42];

        #region multipart
        MultipartSession session = await photos.StartMultipartAsync("film.mov");       // uploads do this by themselves from 16 MiB on
        await session.UploadPartAsync(1, first);
        await session.UploadPartAsync(2, last);
        ObjectInfo film = await session.CompleteAsync();

        await photos.AbortStaleUploadsAsync(olderThan: TimeSpan.FromDays(7));          // parts that crashed processes left behind
        #endregion

        Assert.That((await photos.FindAsync(film.Key))!.SizeBytes, Is.EqualTo(first.Length + 1));
        Assert.That(await photos.ListUploadsAsync().CountAsync(), Is.Zero);
    }

    [Test]
    public async Task Resilience_Configured_StillServesCalls()
    {
        var (services, server) = (new ServiceCollection(), _server);

        #region resilience
        services.AddS3Toolkit(options => options.Resilience.MaxAttempts = 6)
            .ConfigureResilience(pipeline => pipeline.AddTimeout(TimeSpan.FromMinutes(2)))       // around the library's own strategies
            .UseEmbeddedServer(server);

        services.AddS3Toolkit("plain")
            .ReplaceResilience(new ResiliencePipelineBuilder().AddTimeout(TimeSpan.FromSeconds(10)).Build())     // instead of them
            .UseEmbeddedServer(server);
        #endregion

        await using var provider = services.BuildServiceProvider();
        using (server.Faults.Add(new S3FaultRule { Fault = S3Fault.InternalError(), MaxRequests = 4 }))
            await provider.GetRequiredService<IBucketStore>().CreateAsync("survives");
        Assert.That(await provider.GetRequiredKeyedService<IBucketStore>("plain").ExistsAsync("survives"), Is.True);
    }

    [Test]
    public void Providers_EachPreset_SetsItsEndpoint()
    {
        var services = new ServiceCollection();
        const string accountId = "0123456789abcdef0123456789abcdef";

        #region providers
        services.AddS3Toolkit("aws", options => options.UseAws("eu-west-1"));
        services.AddS3Toolkit("minio", options => options.UseMinio("http://localhost:9000"));
        services.AddS3Toolkit("ceph", options => options.UseCeph("https://rgw.example.org"));
        services.AddS3Toolkit("r2", options => options.UseCloudflareR2(accountId));
        services.AddS3Toolkit("b2", options => options.UseBackblazeB2("us-west-004"));
        services.AddS3Toolkit("gcs", options => options.UseGoogleCloudStorage());                // with HMAC keys
        services.AddS3Toolkit("wasabi", options => options.UseWasabi("eu-central-1"));
        services.AddS3Toolkit("spaces", options => options.UseDigitalOceanSpaces("fra1"));
        services.AddS3Toolkit("other", options => options.UseGeneric("https://s3.example.org"));
        #endregion

        using var provider = services.BuildServiceProvider();
        var monitor = provider.GetRequiredService<IOptionsMonitor<S3ToolkitOptions>>();
        string[] names = ["aws", "minio", "ceph", "r2", "b2", "gcs", "wasabi", "spaces", "other"];
        Assert.That(names.Select(name => monitor.Get(name).Endpoint), Is.Unique);
        Assert.That(names.Select(name => monitor.Get(name).Provider), Is.Unique);
    }

    [Test]
    public async Task EscapeHatch_TheSdkItself_IsOneCallAway()
    {
        var photos = await PhotosAsync("2026/cat.jpg");

        #region escape-hatch
        if (photos.TryGetClient(out Amazon.S3.IAmazonS3? client))
            await client.GetBucketLocationAsync("photos");

        await photos.PutAsync("legal.pdf", "%PDF-"u8.ToArray(), new PutObjectOptions().CustomizeSdkRequest(request =>
        {
            if (request is Amazon.S3.Model.PutObjectRequest put) put.Headers["x-amz-meta-origin"] = "scanner";
        }));
        #endregion

        Assert.That(client, Is.Not.Null);
        Assert.That((await photos.FindAsync("legal.pdf"))!.Metadata, Contains.Key("origin"));
    }

    private async Task<IObjectStore> PhotosAsync(params string[] keys)
    {
        await _buckets.CreateAsync("photos");
        var photos = _buckets.Bucket("photos");
        foreach (var key in keys) await photos.PutAsync(key, new byte[] { 1 });
        return photos;
    }
}
