using S3Toolkit;

namespace QuickStart;

/// <summary>Where the walk goes: the embedded server, another endpoint, or AWS.</summary>
internal sealed record CommandLine
{
    public const string Usage = """
        Usage: dotnet run --project samples/QuickStart [-- OPTIONS]

        Without options the walk runs on an S3 server inside this process: no account, no network.

          --endpoint URL      walk on this server, such as http://127.0.0.1:9000
          --aws               walk on AWS
          --access-key K      the access key; without one the AWS credential chain is searched
          --secret-key S      its secret
          --region R          the region of the bucket; eu-west-1 if not given (--endpoint: the server's)
          --help              print this

        Exit codes: 0 all steps held, 1 a step did not, 2 the options make no sense.
        """;

    // The seed creates its bucket there.
    private const string SeedRegion = "eu-west-1";

    public Uri? Endpoint { get; private init; }

    public bool Aws { get; private init; }

    public string? AccessKey { get; private init; }

    public string? SecretKey { get; private init; }

    public string? Region { get; private init; }

    public bool ShowHelp { get; private init; }

    public bool UsesEmbeddedServer => Endpoint is null && !Aws;

    /// <summary>The region to create the bucket in; null leaves it to the server.</summary>
    public string? BucketRegion => Region ?? (Endpoint is null ? SeedRegion : null);

    public static CommandLine Parse(IReadOnlyList<string> args)
    {
        var result = new CommandLine();
        for (var i = 0; i < args.Count; i++)
        {
            result = args[i] switch
            {
                "--help" or "-h" => result with { ShowHelp = true },
                "--aws" => result with { Aws = true },
                "--endpoint" => result with { Endpoint = Address(Value(args, ref i)) },
                "--access-key" => result with { AccessKey = Value(args, ref i) },
                "--secret-key" => result with { SecretKey = Value(args, ref i) },
                "--region" => result with { Region = Value(args, ref i) },
                _ => throw new UsageException($"'{args[i]}' is no option."),
            };
        }

        return result.ShowHelp ? result : result.Checked();
    }

    public void Apply(S3ToolkitOptions options)
    {
        if (UsesEmbeddedServer) return;
        if (Endpoint is not null) options.Endpoint = Endpoint;
        options.Region = Region ?? (Aws ? SeedRegion : null);
        options.AccessKeyId = AccessKey;
        options.SecretAccessKey = SecretKey;
    }

    public string Describe() => Aws ? $"AWS, {BucketRegion}" : Endpoint?.ToString() ?? "the embedded server";

    private CommandLine Checked()
    {
        if (Aws && Endpoint is not null) throw new UsageException("--aws and --endpoint exclude each other.");
        if (AccessKey is null != SecretKey is null) throw new UsageException("--access-key and --secret-key go together.");
        if (UsesEmbeddedServer && AccessKey is not null) throw new UsageException("--access-key needs --endpoint or --aws.");
        return this;
    }

    private static string Value(IReadOnlyList<string> args, ref int i)
    {
        var hasValue = i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal);
        return hasValue ? args[++i] : throw new UsageException($"{args[i]} needs a value.");
    }

    private static Uri Address(string text)
    {
        var isWeb = Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https");
        return isWeb ? address! : throw new UsageException($"--endpoint is '{text}'; it must begin with http:// or https://.");
    }
}
