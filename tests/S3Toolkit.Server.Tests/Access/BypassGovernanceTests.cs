using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Access;

/// <summary>Who may delete what a retention in governance mode keeps: who says so, and may.</summary>
public sealed class BypassGovernanceTests(ServerMode mode) : PolicyFixture(mode)
{
    private const string Deletion = "DeleteObjectVersion", Bypass = "BypassGovernanceRetention";

    private string _version = "";

    [SetUp]
    public async Task PutLocked()
    {
        await EnableVersioningAsync();
        await Server.Core.Storage.UpdateBucketAsync(Bucket, bucket => bucket with { ObjectLock = true }, default);
        _version = (await PutAsync("k", "x", request =>
        {
            request.ObjectLockMode = ObjectLockMode.Governance;
            request.ObjectLockRetainUntilDate = DateTime.UtcNow.AddDays(1);
        })).VersionId;
    }

    [TestCase(Deletion, true, Denied)]
    [TestCase($"{Deletion} {Bypass}", false, Denied, Description = "it must also be asked for")]
    [TestCase($"{Deletion} {Bypass}", true, "204")]
    [TestCase("*", true, "204")]
    public async Task DeleteVersion_ByAnotherUser_TakesThePermissionToBypass(string actions, bool asks, string expected)
    {
        await PutPolicyAsync(Statement("Allow", actions, $$"""{"AWS":"{{StrangerAccount}}"}"""));

        Assert.That(await DeleteAsync("stranger", asks), Is.EqualTo(expected));
        ListVersionsResponse left = await Client.ListVersionsAsync(Bucket);
        Assert.That(left.Versions?.Count ?? 0, Is.EqualTo(expected == Denied ? 1 : 0));
    }

    [Test]
    public async Task DeleteVersion_ByTheOwnerWhomThePolicyDeniesIt_IsDenied()
    {
        await PutPolicyAsync(Statement("Deny", Bypass));

        Assert.That(await DeleteAsync("owner", asks: true), Is.EqualTo(Denied));
    }

    private Task<string> DeleteAsync(string caller, bool asks) => CallAsync(
        caller, "DELETE", $"/k?versionId={_version}", "", asks ? [("x-amz-bypass-governance-retention", "true")] : []);
}
