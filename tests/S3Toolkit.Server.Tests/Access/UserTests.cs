using S3Toolkit.Server.Access;
using S3Toolkit.Server.Access.Policies;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Tests.Access;

public sealed class UserTests
{
    private static readonly S3User Ann = new() { AccessKeyId = "ka", SecretAccessKey = "hidden", Id = "ia", DisplayName = "ann" };

    private static readonly TestCaseData<S3User, string>[] Wrong =
    [
        new(Ann with { Id = "ib", DisplayName = "bob" }, "'ka' of an earlier entry"),
        new(Ann with { AccessKeyId = "kb", AccountId = "111111111111" }, "another AccountId"),
        new(Ann with { AccessKeyId = "kb", AccountId = "1" }, "12 digits"),
        new(Ann with { AccessKeyId = "" }, "AccessKeyId"),
        new(Ann with { AccessKeyId = "kb", Id = "a b" }, "Id"),
        new(Ann with { AccessKeyId = "kb", Id = S3Identity.Anonymous.CanonicalId }, "anonymous"),
        new(Ann with { AccessKeyId = "kb", Id = "ib", Email = "A@b" }, "Email"),
        new(Ann with { AccessKeyId = "kb", SecretAccessKey = "" }, "SecretAccessKey"),
        new(Ann with { AccessKeyId = "kb", DisplayName = " " }, "DisplayName"),
    ];

    [TestCaseSource(nameof(Wrong))]
    public void Validate_WrongUser_NamesItsEntryAndNoSecret(S3User wrong, string message)
    {
        S3ServerOptions options = new() { Users = { Ann with { Email = "a@B" }, wrong } };

        Assert.That(
            () => S3Server.CreateInMemory(options),
            Throws.ArgumentException.With.Message.Contains("Entry 2").And.Message.Contains(message).And.Message.Not.Contains("hidden"));
    }

    [Test]
    public void Validate_UsersAndAKey_IsRefused() =>
        Assert.That(
            () => S3Server.CreateInMemory(new S3ServerOptions { Users = { Ann }, AccessKeyId = "k", SecretAccessKey = "s" }),
            Throws.ArgumentException.With.Message.Contains("Users"));

    [Test]
    public void AccountIdOf_AnyId_IsTwelveDigitsAndStays()
    {
        Assert.That(UserDirectory.AccountIdOf("testid"), Does.Match("^[0-9]{12}$").And.EqualTo(UserDirectory.AccountIdOf("testid")));
        Assert.That(UserDirectory.AccountIdOf("testid"), Is.Not.EqualTo(UserDirectory.AccountIdOf("other")));
    }

    [Test]
    public void Find_SecondKeyOfAUser_IsTheSameUser()
    {
        UserDirectory users = new([Ann, Ann with { AccessKeyId = "kb" }]);

        Assert.That(users.Find("kb")!.Identity.CanonicalId, Is.EqualTo(users.Root.CanonicalId));
        Assert.That(users.Find("kc"), Is.Null);
    }

    [TestCase("111111111111", true)]
    [TestCase("arn:aws:iam::111111111111:root", true)]
    [TestCase("arn:aws:iam::111111111111:user/ann", true)]
    [TestCase("arn:aws:iam::111111111111:user/anna", false)]
    [TestCase("arn:aws:iam::111111111112:root", false)]
    [TestCase("arn:aws:iam::111111111111:user/", false)]
    [TestCase("ann", false)]
    public void Includes_PrincipalOfAPolicy_IsOneOfTheUsersNames(string principal, bool expected)
    {
        S3Identity ann = new("ann", "ia", "ka") { AccountId = "111111111111" };

        PolicyPrincipal? parsed = PolicyPrincipal.Parse("AWS", principal);
        Assert.That(parsed?.Includes(ann) ?? false, Is.EqualTo(expected));
        Assert.That(parsed?.Includes(S3Identity.Anonymous) ?? false, Is.False);
    }

    [Test]
    public void ToString_User_HidesTheSecret() => Assert.That(Ann.ToString(), Does.Contain("ann").And.Not.Contain("hidden"));
}
