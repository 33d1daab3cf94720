using System.Globalization;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Access;

/// <summary>A server with the bucket's owner, a user of another account, and nobody in particular.</summary>
public abstract class PolicyFixture(ServerMode mode) : ServerFixture(mode)
{
    protected const string OwnerAccount = "111122223333", StrangerAccount = "444455556666";

    protected const string Denied = "AccessDenied";

    protected static readonly (string AccessKeyId, string SecretAccessKey) Owner = ("AKOWNER", "secret of the owner");

    protected static readonly (string AccessKeyId, string SecretAccessKey) Stranger = ("AKSTRANGER", "secret of the stranger");

    protected override void Configure(S3ServerOptions options)
    {
        options.Users.Add(User(Owner, "owner-id", "olga", OwnerAccount));
        options.Users.Add(User(Stranger, "stranger-id", "sam", StrangerAccount));
    }

    /// <summary>Opens the bucket to policies that AWS blocks by default.</summary>
    [SetUp]
    public Task RemoveBlock() => Client.DeletePublicAccessBlockAsync(new() { BucketName = Bucket });

    /// <summary>Sends as "owner", "stranger" or "anonymous", and gives the status, and the error's code where there is one.</summary>
    protected async Task<string> CallAsync(
        string caller, string method, string target, string body = "", params (string Name, string Value)[] headers)
    {
        string[] parts = target.Split('?', 2);
        (int status, string answer) = await SendAsAsync(
            caller switch { "owner" => Owner, "stranger" => Stranger, _ => null }, new HttpMethod(method), $"/{Bucket}{parts[0]}",
            parts.Length > 1 ? parts[1] : "", body, headers);
        int code = answer.IndexOf("<Code>", StringComparison.Ordinal);
        return code < 0 || status < 300
            ? status.ToString(CultureInfo.InvariantCulture)
            : answer[(code + "<Code>".Length)..answer.IndexOf("</Code>", StringComparison.Ordinal)];
    }

    protected Task PutPolicyAsync(params string[] statements) => Client.PutBucketPolicyAsync(Bucket, Policy(statements));

    protected static string Policy(params string[] statements) =>
        $$"""{"Version":"2012-10-17","Statement":[{{string.Join(',', statements)}}]}""";

    /// <summary>A statement about all of the bucket.</summary>
    protected static string Statement(string effect, string action, string principal = "\"*\"", string condition = "{}", string key = "*")
    {
        string actions = string.Join(',', action.Split(' ').Select(name => $"\"s3:{name}\""));
        return $$"""{"Effect":"{{effect}}","Principal":{{principal}},"Action":[{{actions}}],"Resource":["arn:aws:s3:::{{Bucket}}","""
            + $$"""
            "arn:aws:s3:::{{Bucket}}/{{key}}"],"Condition":{{condition}}}
            """;
    }

    private static S3User User((string AccessKeyId, string SecretAccessKey) key, string id, string name, string account) => new()
    {
        AccessKeyId = key.AccessKeyId, SecretAccessKey = key.SecretAccessKey, Id = id, DisplayName = name, AccountId = account,
    };
}
