namespace S3Toolkit.Conformance;

/// <summary>A store that the suite is run against: registered through <c>AddS3Toolkit</c>, as a user would.</summary>
public interface IStoreUnderTest : IAsyncDisposable
{
    /// <summary>The buckets.</summary>
    IBucketStore Buckets { get; }

    /// <summary>Reaches the endpoint with no credentials, as a browser with a presigned request does.</summary>
    HttpClient Http { get; }

    /// <summary>What this endpoint can be asked for.</summary>
    StoreCapabilities Capabilities { get; }
}
