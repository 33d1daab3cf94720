using System.Globalization;
using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Model;

/// <summary>
/// Any sequence of calls of the real SDK gets the answers of a small model of S3, in memory and on disk. A failure names the fewest steps
/// that show it, and the seed that makes them again.
/// </summary>
[TestFixture(StorageKind.Memory)]
[TestFixture(StorageKind.Disk)]
public sealed class ModelTests(StorageKind storage)
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>S3TOOLKIT_MODEL_RUNS sets how many sequences are run; a few by default.</summary>
    private static readonly int Runs =
        int.TryParse(Environment.GetEnvironmentVariable("S3TOOLKIT_MODEL_RUNS"), out int runs) ? runs : 25;

    [Test]
    public async Task AnyCalls_OfTheSdk_AreAnsweredAsTheModelSays()
    {
        S3Step[]? shortest = null;
        await StepGen.Sequence.SampleAsync(
            async steps =>
            {
                if (await DifferenceAsync(steps) is null) return;
                shortest = await ShortestAsync(shortest is null || steps.Length < shortest.Length ? steps : shortest);
                throw new AssertionException(await ReportAsync(shortest));
            },
            iter: Runs, threads: 1, print: steps => $"{steps.Length} steps");
    }

    /// <summary>Drops steps, one at a time, for as long as the rest still shows a difference.</summary>
    private async Task<S3Step[]> ShortestAsync(S3Step[] steps)
    {
        for (int i = steps.Length - 1; i >= 0; i--)
        {
            S3Step[] fewer = [.. steps[..i], .. steps[(i + 1)..]];
            if (await DifferenceAsync(fewer) is not null) steps = fewer;
        }
        return steps;
    }

    private async Task<string> ReportAsync(S3Step[] steps)
    {
        StringBuilder report = new("The server and the model differ after these steps:\n");
        for (int i = 0; i < steps.Length; i++) report.Append(CultureInfo.InvariantCulture, $"{i + 1,3}: {steps[i]}\n");
        return report.Append(await DifferenceAsync(steps)).ToString();
    }

    /// <summary>Runs the steps on a new server and a new model; null = all answers were the same.</summary>
    private async Task<string?> DifferenceAsync(S3Step[] steps)
    {
        FakeTimeProvider time = new(Start);
        using TemporaryFolder? folder = storage == StorageKind.Disk ? new TemporaryFolder() : null;
        await using S3Server server = S3Server.CreateInMemory(new S3ServerOptions
        {
            TimeProvider = time, MinPartBytes = Bodies.MinPartBytes, DataDirectory = folder?.Path,
        });
        using AmazonS3Client client = ClientOf(server);
        SdkS3 sdk = new(client, Start);
        ModelS3 model = new();
        int now = 0;
        foreach (S3Step step in (IEnumerable<S3Step>)[new CreateBucket("one"), .. steps])
        {
            time.Advance(TimeSpan.FromSeconds(1));
            string expected = model.Run(step, ++now);
            string actual = await sdk.RunAsync(step);
            if (actual != expected) return $"{step}\nmodel:  {expected}\nserver: {actual}";
        }
        return null;
    }

    private static AmazonS3Client ClientOf(S3Server server) => new(
        new BasicAWSCredentials(server.AccessKeyId, server.SecretAccessKey), new AmazonS3Config
        {
            ServiceURL = server.Endpoint.AbsoluteUri,
            ForcePathStyle = true,
            AuthenticationRegion = server.Region,
            MaxErrorRetry = 0,
            MaxStaleConnectionRetries = 0,
            HttpClientFactory = new SdkHttpClientFactory(server),
        });
}
