using System.Globalization;
using S3Toolkit.Server;

namespace LocalServer;

/// <summary>The command line as options of the server.</summary>
internal static class Arguments
{
    public const string Usage =
        """
        Runs the embedded S3 server alone. Without --data all data is in memory and gone when it stops.

        usage: LocalServer [--port N] [--website-port N] [--data DIR] [--access-key K --secret-key S] [--users FILE]
                           [--object-ownership O] [--region R] [--allow-sigv2] [--kms-key ID]...
                           [--tls [--tls-certificate-file FILE]] [--seed DIR] [--faults FILE] [--lifecycle-day SECONDS]
                           [--webhook URL] [--max-memory MIB] [--verbose]

          --port N          port to listen on, 0 to 65535; 0 takes a free one (default 9000)
          --website-port N  port that serves buckets as web sites, by path (/bucket/page) or host (bucket.localhost); none when not given
          --data DIR        folder that keeps all data, made when it is not there; one server at a time can have it
          --access-key K    access key; random when not given
          --secret-key S    its secret; random when not given
          --users FILE      several users instead of one key: a JSON array of {"accessKey","secretKey","userId","displayName","email",
                            "accountId"}; the last two may be left out, the first user owns what was stored without an owner
          --object-ownership O
                            that of buckets made without one: BucketOwnerEnforced (default), BucketOwnerPreferred or ObjectWriter.
                            The last two turn access control lists on and leave public access open, as AWS did until 2023
          --region R        region of buckets that name none (default us-east-1)
          --tls             listens for https, with a certificate that is made at the start
          --tls-certificate-file FILE
                            where its public part is written, for clients to trust (default: in the temporary folder,
                            until the server stops)
          --seed DIR        each sub-folder of it becomes a bucket, its files the objects; links in it are not followed
          --faults FILE     what goes wrong on purpose, a rule a line, such as: GetObject key=dir/* probability=0.1 -> SlowDown
          --allow-sigv2     takes signature version 2 as well, which is refused otherwise. Presigned URLs of aws 1 and boto3 have it unless
                            told otherwise: aws configure set default.s3.signature_version s3v4, Config(signature_version='s3v4')
          --kms-key ID      key of the server's own KMS: an id, alias/name, or the ARN of either; can be given more than once. Keys
                            belong to the first user's account
          --lifecycle-day SECONDS
                            length of a day in lifecycle rules, 0.1 to 86400 (default 86400)
          --webhook URL     where the events go that buckets' notification configurations ask for
          --max-memory MIB  most that objects may take of memory; beyond it is 507. Not with --data
          --verbose         prints a line for each request (method, path, status, time), where warnings and errors always go: to stderr
          --help, -h        this text
        """;

    /// <summary>What who presigns with the clients' defaults must know.</summary>
    public const string Presigning =
        "Presigned URLs of aws 1 and boto3 need: aws configure set default.s3.signature_version s3v4, "
        + "boto3 Config(signature_version='s3v4'), or --allow-sigv2 here.";

    /// <summary>Those that take a value.</summary>
    private static readonly string[] Names =
    [
        "--port", "--website-port", "--data", "--access-key", "--secret-key", "--users", "--object-ownership", "--region", "--kms-key",
        "--tls-certificate-file", "--seed", "--faults", "--lifecycle-day", "--webhook", "--max-memory",
    ];

    /// <summary>Reads the arguments; null, and what is wrong with them, when they cannot be understood.</summary>
    public static Startup? Parse(IReadOnlyList<string> arguments, out string problem)
    {
        Startup startup = new();
        S3ServerOptions options = startup.Server;
        problem = "";
        HashSet<string> given = [];
        for (int i = 0; i < arguments.Count; i += 2)
        {
            string name = arguments[i];
            if (!given.Add(name) && name != "--kms-key" && (Names.Contains(name) || IsSwitch(startup, name)))
            {
                problem = $"{name} is given twice.";
                return null;
            }
            if (IsSwitch(startup, name))
            {
                i--; // it has no value
                continue;
            }
            string? value = i + 1 < arguments.Count ? arguments[i + 1] : null;
            problem = Apply(startup, name, value);
            if (problem.Length > 0) return null;
        }
        if ((options.AccessKeyId is null) != (options.SecretAccessKey is null)) problem = "--access-key and --secret-key go together.";
        if (startup.CertificateFile is not null && !options.UseTls) problem = "--tls-certificate-file goes with --tls.";
        if (options.MaxMemoryBytes is not null && options.DataDirectory is not null)
            problem = "--max-memory is for a server that keeps its data in memory, and --data keeps it in a folder.";
        if (options.Port > 0 && options.Port == options.WebsitePort) problem = $"--port and --website-port are both {options.Port}.";
        return problem.Length == 0 ? startup : null;
    }

    private static bool IsSwitch(Startup startup, string name) => name switch
    {
        "--allow-sigv2" => startup.Server.AllowSignatureV2 = true,
        "--tls" => startup.Server.UseTls = true,
        "--verbose" => startup.IsVerbose = true,
        _ => false,
    };

    private static string Apply(Startup startup, string name, string? value)
    {
        S3ServerOptions options = startup.Server;
        if (!Names.Contains(name)) return $"Unknown argument '{name}'.";
        if (string.IsNullOrEmpty(value)) return $"{name} needs a value.";
        switch (name)
        {
            case "--port" or "--website-port":
                bool isPort = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port <= 65535;
                if (!isPort) return $"{name} is '{value}'. A port is a number from 0 to 65535.";
                if (name == "--port") options.Port = port;
                else options.WebsitePort = port;
                break;
            case "--data":
                options.DataDirectory = value;
                break;
            case "--users":
                startup.UsersFile = value;
                return UsersFile.Read(value, options.Users);
            case "--object-ownership":
                bool isOwnership = Enum.TryParse(value, out S3ObjectOwnership ownership) && Enum.IsDefined(ownership);
                string known = string.Join(", ", Enum.GetNames<S3ObjectOwnership>());
                if (!isOwnership) return $"--object-ownership is '{value}'. It is one of {known}.";
                options.DefaultObjectOwnership = ownership;
                break;
            case "--access-key":
                options.AccessKeyId = value;
                break;
            case "--secret-key":
                options.SecretAccessKey = value;
                break;
            case "--kms-key":
                return AddKmsKey(options, value);
            case "--tls-certificate-file":
                startup.CertificateFile = value;
                break;
            case "--seed":
                if (!Directory.Exists(value)) return $"--seed is '{value}', which is no folder.";
                startup.SeedFolder = value;
                break;
            case "--faults":
                return ReadFaults(options, value);
            case "--lifecycle-day":
                bool isDay = double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
                    && seconds is >= 0.1 and <= 86_400;
                if (!isDay) return $"--lifecycle-day is '{value}'. A day has 0.1 to 86400 seconds.";
                options.LifecycleDay = TimeSpan.FromSeconds(seconds);
                break;
            case "--max-memory":
                bool isSize = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int mebibytes) && mebibytes > 0;
                if (!isSize) return $"--max-memory is '{value}'. Give whole MiB, from 1 on.";
                options.MaxMemoryBytes = mebibytes * 1024L * 1024;
                break;
            case "--webhook":
                bool isUrl = Uri.TryCreate(value, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https";
                if (!isUrl) return "--webhook is no absolute http or https URL."; // its text may hold a secret
                options.NotificationWebhook = url;
                break;
            default:
                options.Region = value;
                break;
        }
        return "";
    }

    private static string AddKmsKey(S3ServerOptions options, string id)
    {
        try
        {
            options.KmsKeys.Add(new S3KmsKey(id));
            return "";
        }
        catch (ArgumentException exception)
        {
            return $"--kms-key is '{id}'. {Problems.MessageOf(exception)}";
        }
    }

    private static string ReadFaults(S3ServerOptions options, string path)
    {
        try
        {
            options.Faults = S3FaultPlan.Parse(File.ReadAllText(path));
            return "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return $"--faults {path}: {exception.Message}";
        }
    }
}
