using System.Net;
using Amazon.S3;
using Microsoft.Extensions.Time.Testing;
using Moq;
using S3Toolkit.Diagnostics;
using S3Toolkit.Resilience;
using S3Toolkit.Transport;

namespace S3Toolkit.Tests.Resilience;

/// <summary>A caller over a wire that nothing goes through: each attempt is answered by the test.</summary>
internal sealed class CallHarness
{
    public CallHarness(ResilienceOptions? options = null, ResilienceCustomization? customization = null)
    {
        Options = options ?? new ResilienceOptions();
        Telemetry = new StoreTelemetry("test", Log);
        var wire = SdkClientFactory.Wrap(Mock.Of<IAmazonS3>(), S3ProviderProfiles.Aws);
        var connection = new StoreConnection(_ => new ValueTask<S3Wire>(wire));
        // No jitter means no wait: retries happen at once, and their delays are tested as the pure function they are.
        var pipelines = new PipelineFactory(Options, customization ?? new ResilienceCustomization(), Telemetry, Time, new FixedJitter(0));
        Caller = new S3Caller(connection, Options, pipelines, Telemetry, Time);
    }

    public ResilienceOptions Options { get; }

    public FakeTimeProvider Time { get; } = new();

    public RecordingLogger Log { get; } = new();

    public StoreTelemetry Telemetry { get; }

    public S3Caller Caller { get; }

    public int Attempts { get; private set; }

    public static S3Error Error(string code, int status) =>
        new(code, "it failed") { StatusCode = (HttpStatusCode)status, RequestId = "R1" };

    /// <summary>Answers the attempts in turn; a null is a success, and so is everything after the last.</summary>
    public async Task<string> CallAsync(S3Call call, params S3Error?[] answers)
    {
        Attempts = 0;
        var reply = await Caller.CallAsync(
            call,
            (_, _) =>
            {
                var error = Attempts < answers.Length ? answers[Attempts] : null;
                Attempts++;
                return new ValueTask<S3Reply<string>>(error is null ? S3Reply<string>.Of("done") : S3Reply<string>.Failed(error));
            },
            CancellationToken.None);
        return reply.Error is null ? reply.Value : reply.Error.Code.Value;
    }

    public Task<string> CallAsync(params S3Error?[] answers) => CallAsync(new S3Call("GetObject", "bucket", "key"), answers);

    private sealed class FixedJitter(double value) : JitterSource
    {
        public override double Next() => value;
    }
}
