using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using S3Toolkit.Server.Access;
using S3Toolkit.Server.Authentication;
using S3Toolkit.Server.Encryption;
using S3Toolkit.Server.Hosting;
using S3Toolkit.Server.Hosting.Tls;
using S3Toolkit.Server.Lifecycle;
using S3Toolkit.Server.Notifications;
using S3Toolkit.Server.Operations.Archiving;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Rates;
using S3Toolkit.Server.Replication;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Storage.Disk;
using S3Toolkit.Server.Storage.Memory;
using S3Toolkit.Server.Website;

namespace S3Toolkit.Server;

/// <summary>
/// An S3 server in this process: strict signatures, real semantics, everything in memory or in a folder. It listens on the loopback
/// address, or on no socket at all; any number of servers can run side by side.
/// </summary>
public sealed partial class S3Server : IAsyncDisposable, IDisposable
{
    private readonly ServerCore _core;
    private readonly TracedPipeline _pipeline;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _startGate = new(1);
    private Webhook? _webhook;
    private RemoteReplicaWriter[] _remoteWriters = [];
    private readonly TracedPipeline _website;
    private volatile KestrelHost? _host;
    private volatile KestrelHost? _websiteHost;
    private X509Certificate2? _certificate;
    private int _isDisposed;

    private S3Server(S3ServerOptions options)
    {
        S3User[] users = options.Users.Count > 0 ? [.. options.Users] : [SoleUser(options)];
        AccessKeyId = users[0].AccessKeyId;
        SecretAccessKey = users[0].SecretAccessKey;
        Region = options.Region;
        string name = "s3-" + RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz234567", 8);
        Endpoint = new Uri($"{(options.UseTls ? "https" : "http")}://{name}.localhost");
        Clock = new S3ServerClock(options.TimeProvider);
        Requests = new S3RequestLog(options.MaxLoggedRequests);
        Faults = options.Faults?.Copy() ?? new S3FaultPlan();
        _core = CreateCore(options, new UserDirectory(users));
        _pipeline = new TracedPipeline(new S3Pipeline(_core), _core.Logger);
        _website = new TracedPipeline(new WebsitePipeline(_core), _core.Logger);
        HasSocket = options.Listen;
        if (options.Snapshot is { } snapshot)
        {
            _core.Keys.Take(snapshot.Keys);
            Clock.Advance(snapshot.ClockOffset);
        }
        if (options.Snapshot is not null || options.DataDirectory is not null) _core.Replicator.Recover();
    }

    /// <summary>
    /// Where the server listens, such as <c>http://127.0.0.1:49152</c>. Without a socket a name of its own, such as
    /// <c>http://s3-4fzq6kv2.localhost</c>, which no other server shares: the SDK keeps state for each endpoint.
    /// </summary>
    public Uri Endpoint { get; private set; }

    /// <summary>
    /// Where buckets are served as web sites, such as <c>http://127.0.0.1:49153</c>; null when
    /// <see cref="S3ServerOptions.WebsitePort"/> is, and while the server does not listen.
    /// </summary>
    public Uri? WebsiteEndpoint { get; private set; }

    /// <summary>
    /// The public part of the certificate that the server made when it started to listen, for clients to trust; null without
    /// <see cref="S3ServerOptions.UseTls"/>, without a socket, and before the start. Each call gives a copy of the caller's own.
    /// </summary>
    public X509Certificate2? Certificate =>
        _certificate is { } own ? X509CertificateLoader.LoadCertificate(own.RawDataMemory.Span) : null;

    /// <summary>The access key of the first user, who owns what was stored without an owner.</summary>
    public string AccessKeyId { get; }

    /// <summary>The secret of <see cref="AccessKeyId"/>.</summary>
    public string SecretAccessKey { get; }

    /// <summary>The server's own region.</summary>
    public string Region { get; }

    /// <summary>The requests so far.</summary>
    public S3RequestLog Requests { get; }

    /// <summary>What goes wrong, on purpose.</summary>
    public S3FaultPlan Faults { get; }

    /// <summary>What happens to objects, for code in the same process that wants to be told.</summary>
    public S3ServerEvents Events { get; } = new();

    /// <summary>The server's time, which tests can move.</summary>
    public S3ServerClock Clock { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="options">How; null takes the defaults: a free port and random keys.</param>
    /// <param name="cancellationToken">Ends the wait for the start.</param>
    /// <returns>The running server. Dispose it to stop it.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="IOException">
    /// The port is taken; or the data folder is in use by another server, was written by a later version, or cannot be read and written.
    /// </exception>
    /// <exception cref="System.Net.Sockets.SocketException">The port may not be opened, such as one below 1024.</exception>
    public static async Task<S3Server> StartAsync(S3ServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        S3Server server = Create(options ?? new S3ServerOptions());
        try
        {
            await server.EnsureListeningAsync(cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false); // it holds its data folder
            throw;
        }
    }

    /// <summary>Makes a server without a socket, to be reached through <see cref="CreateHandler"/> only.</summary>
    /// <param name="options">
    /// How; null takes the defaults. <see cref="S3ServerOptions.Listen"/> and <see cref="S3ServerOptions.Port"/> are ignored.
    /// </param>
    /// <returns>The server.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="IOException">The data folder cannot be used.</exception>
    public static S3Server CreateInMemory(S3ServerOptions? options = null)
    {
        S3Server server = Create(options ?? new S3ServerOptions());
        server.HasSocket = false;
        return server;
    }

    /// <summary>
    /// Makes a handler that runs the server's pipeline with no socket between: for <see cref="HttpClient"/> and for the SDK's
    /// <c>HttpClientFactory</c>. Works whether or not the server listens.
    /// </summary>
    /// <returns>A handler of the caller's own; disposing it does nothing to the server.</returns>
    public HttpMessageHandler CreateHandler()
    {
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        return new InMemoryHandler(_pipeline, _stopping.Token);
    }

    /// <summary>
    /// Does now what the lifecycle rules of all buckets say is due by <see cref="Clock"/>. The server does so by itself at midnight UTC and
    /// soon after the clock is moved; a test moves the clock, calls this, and looks.
    /// </summary>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <returns>
    /// What was done since the last call, the server's own runs included; <see cref="RestoreAsync"/> begins anew.
    /// </returns>
    /// <exception cref="ObjectDisposedException">The server was disposed.</exception>
    public Task<S3LifecycleRun> RunLifecycleAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        return _core.Lifecycle.RunAsync(cancellationToken);
    }

    /// <summary>
    /// Waits until no replication is under way or due: each version is copied, was refused for good (FAILED), or waits for a destination
    /// that is away (PENDING; the log says which). Such a destination is asked again by <see cref="Clock"/>, after 10 seconds and then
    /// twice as long each time, up to 15 minutes: a test moves the clock by as much and waits again. A destination that takes a request
    /// and never answers is waited for; give a token.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends then.</returns>
    /// <exception cref="ObjectDisposedException">The server was disposed.</exception>
    /// <exception cref="OperationCanceledException">The server stopped before, or the wait was cancelled.</exception>
    public Task WaitForReplicationAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        return _core.Replicator.WaitForIdleAsync(cancellationToken);
    }

    /// <summary>
    /// Makes a handler for the buckets as web sites, with no socket between. Works whether or not the server listens, and without
    /// <see cref="S3ServerOptions.WebsitePort"/>.
    /// </summary>
    /// <returns>A handler of the caller's own; disposing it does nothing to the server.</returns>
    public HttpMessageHandler CreateWebsiteHandler()
    {
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        return new InMemoryHandler(_website, _stopping.Token);
    }

    /// <summary>
    /// Makes a handler that reaches the server through its socket and, with <see cref="S3ServerOptions.UseTls"/>, trusts its
    /// <see cref="Certificate"/> and no other: for <see cref="HttpClient"/> and for the SDK's <c>HttpClientFactory</c>.
    /// </summary>
    /// <returns>A handler of the caller's own.</returns>
    public HttpMessageHandler CreateSocketHandler()
    {
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        return PinnedHandler.Create(() => _certificate);
    }

    /// <summary>
    /// Stops the server: requests under way get <see cref="S3ServerOptions.ShutdownTimeout"/> to end. Data in memory is gone.
    /// </summary>
    /// <returns>A task that ends when the server has stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        Faults.Clear();
        if (_websiteHost is not null) await _websiteHost.DisposeAsync().ConfigureAwait(false);
        if (_host is not null) await _host.DisposeAsync().ConfigureAwait(false);
        // Not disposed: a handler that outlives the server still asks it whether the server is gone.
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _core.Lifecycle.DisposeAsync().ConfigureAwait(false);
        await _core.Replicator.DisposeAsync().ConfigureAwait(false);
        await _core.Restores.DisposeAsync().ConfigureAwait(false);
        foreach (RemoteReplicaWriter writer in _remoteWriters) writer.Dispose();
        if (_webhook is not null) await _webhook.DisposeAsync().ConfigureAwait(false);
        Events.Close();
        await _core.Storage.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Stops the server at once: requests under way are cut. Data in memory is gone.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        Faults.Clear();
        _stopping.Cancel();
        _websiteHost?.Cut();
        _host?.Cut();
        _core.Lifecycle.Stop();
        _core.Replicator.Stop();
        _core.Restores.Stop();
        _webhook?.Stop();
        Events.Close();
        ValueTask closed = _core.Storage.DisposeAsync();
        if (!closed.IsCompletedSuccessfully) closed.AsTask().GetAwaiter().GetResult();
    }

    /// <summary>What the server's requests share.</summary>
    internal ServerCore Core => _core;

    /// <summary>Whether the server listens, or will.</summary>
    internal bool HasSocket { get; private set; }

    /// <summary>A server that does not listen yet.</summary>
    internal static S3Server Create(S3ServerOptions options)
    {
        options.Validate();
        return new S3Server(options);
    }

    /// <summary>Starts to listen, once; a failed start may be tried again.</summary>
    internal async Task EnsureListeningAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        if (!HasSocket || _host is not null) return;
        await _startGate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_host is not null) return;
            if (_core.Options.UseTls) _certificate ??= ServerCertificate.Create(TimeProvider.System.GetUtcNow());
            KestrelHost? website = await StartWebsiteAsync(cancellationToken).ConfigureAwait(false);
            KestrelHost host;
            try
            {
                host = await KestrelHost.StartAsync(_pipeline, _core.Options, _core.Options.Port, _certificate, cancellationToken)
                    .ConfigureAwait(false);
            }
            catch
            {
                if (website is not null) await website.DisposeAsync().ConfigureAwait(false);
                throw;
            }
            WebsiteEndpoint = website?.Endpoint;
            Endpoint = host.Endpoint;
            _websiteHost = website;
            _host = host;
            // Disposed while it started: who disposed it saw no host to stop.
            if (Interlocked.CompareExchange(ref _isDisposed, 0, 0) == 0) return;
            await host.DisposeAsync().ConfigureAwait(false);
            if (website is not null) await website.DisposeAsync().ConfigureAwait(false);
            ObjectDisposedException.ThrowIf(true, this);
        }
        finally
        {
            _startGate.Release();
        }
    }

    private async Task<KestrelHost?> StartWebsiteAsync(CancellationToken cancellationToken) => _core.Options.WebsitePort is { } port
        ? await KestrelHost.StartAsync(_website, _core.Options, port, null, cancellationToken).ConfigureAwait(false)
        : null;

    /// <summary>The one user of a server that is told of none.</summary>
    private static S3User SoleUser(S3ServerOptions options) => new()
    {
        AccessKeyId = options.AccessKeyId ?? "AKIA" + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16),
        SecretAccessKey = options.SecretAccessKey
            ?? RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 40),
        Id = CanonicalIdOf(options.AccountId),
        DisplayName = "owner",
        AccountId = options.AccountId,
    };

    private ServerCore CreateCore(S3ServerOptions options, UserDirectory users)
    {
        ILoggerFactory loggers = options.LoggerFactory ?? NullLoggerFactory.Instance;
        string[] domains = [.. options.BaseDomains, Endpoint.Host];
        AuthenticationSettings authentication = new() { AllowVersion2 = options.AllowSignatureV2, BaseDomains = domains };
        ILogger logger = loggers.CreateLogger<S3Server>();
        IS3Storage storage = CreateStorage(options, loggers);
        KeyRing keys = CreateKeys(options, storage);
        _webhook = options.NotificationWebhook is { } target ? new Webhook(target, options.TimeProvider, logger) : null;
        EventHub events = new(Events, _webhook, Clock, users.Root.CanonicalId);
        return new ServerCore
        {
            Options = options,
            Storage = storage,
            Keys = keys,
            Authenticator = new Authenticator(users, authentication, Clock, TimeProvider.System),
            Users = users,
            Clock = Clock,
            SigningClock = TimeProvider.System,
            BaseDomains = domains,
            Faults = Faults,
            Rates = options.RateModel is { } model ? new PrefixRates(model) : null,
            Requests = Requests,
            Logger = logger,
            Lifecycle = CreateLifecycle(options, storage, events, logger),
            Events = events,
            Restores = new RestoreWatch(storage, events, Clock, logger),
            Replicator = CreateReplicator(options, storage, events, keys, users.Root.AccountId, logger),
            Endpoint = () => Endpoint,
        };
    }

    private Replicator CreateReplicator(
        S3ServerOptions options, IS3Storage storage, EventHub events, KeyRing ring, string accountId, ILogger logger)
    {
        ReplicaKeys keys = new(ring, accountId);
        LocalReplicaWriter local = new(storage, events, keys);
        Dictionary<string, RemoteReplicaWriter> remote = options.ReplicationTargets.ToDictionary(
            item => item.Key, item => new RemoteReplicaWriter(new ReplicationClient(item.Value, item.Key), keys, Clock),
            StringComparer.Ordinal);
        _remoteWriters = [.. remote.Values];
        return new Replicator(
            storage, name => remote.TryGetValue(name, out RemoteReplicaWriter? writer) ? writer : local, events, Clock, logger);
    }

    private LifecycleSchedule CreateLifecycle(S3ServerOptions options, IS3Storage storage, EventHub events, ILogger logger)
    {
        LifecycleCalendar calendar = new(options.LifecycleDay);
        LifecycleRunner runner = new(storage, events, Clock, calendar);
        return new LifecycleSchedule(runner, calendar, Clock, logger, isDue: options.DataDirectory is not null);
    }

    // The files' housekeeping follows the machine's clock: a test that moves the server's must not lose what is being read.
    private static IS3Storage CreateStorage(S3ServerOptions options, ILoggerFactory loggers) => options.DataDirectory is { } path
        ? DiskStorage.Open(path, TimeProvider.System, loggers.CreateLogger<S3Server>())
        : new MemoryStorage(options.Snapshot?.Image, options.MaxMemoryBytes);

    // After the storage, which holds the folder against other servers.
    private static KeyRing CreateKeys(S3ServerOptions options, IS3Storage storage)
    {
        try
        {
            return new KeyRing(options.DataDirectory, options.KmsKeys);
        }
        catch
        {
            ValueTask closed = storage.DisposeAsync();
            if (!closed.IsCompletedSuccessfully) closed.AsTask().GetAwaiter().GetResult();
            throw;
        }
    }

    private static string CanonicalIdOf(string accountId) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(accountId)));
}
