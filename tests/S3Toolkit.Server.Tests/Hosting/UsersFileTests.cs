using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Hosting;

/// <summary>What samples/LocalServer says of a file of users that it cannot take.</summary>
public sealed class UsersFileTests
{
    private const string Good = """{"accessKey":"ka","secretKey":"hidden","userId":"ia","displayName":"ann"}""";

    [TestCase("{}", "does not hold an array")]
    [TestCase("[]", "no user")]
    [TestCase("[" + Good + ",\n\"hidden]", "line 2 is no JSON")]
    [TestCase("[" + Good + ",1]", "entry 2 is no object")]
    [TestCase("[" + Good + """,{"accessKey":"kb","secretKey":"hidden","userId":"ib"}]""", "entry 2 has no 'displayName'")]
    [TestCase("[" + Good + """,{"accessKey":"kb","secretKey":1,"userId":"ib"}]""", "entry 2 has a 'secretKey' that is no text")]
    [TestCase("[" + Good + """,{"password":"hidden"}]""", "entry 2 has the unknown property 'password'")]
    [TestCase("[" + Good + """,{"accessKey":"kb","secretKey":"hidden","userId":"ia","displayName":"bob"}]""", "entry 2 has the 'userId'")]
    [TestCase("[" + Good + "," + Good + "]", "Entry 2 of S3ServerOptions.Users has the AccessKeyId 'ka' of an earlier entry")]
    public async Task Start_WrongFile_TellsTheEntryAndNoSecret(string content, string problem)
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "users.json");
        await File.WriteAllTextAsync(path, content);

        (int exitCode, string errors) = await LocalServerProcess.RunRefusedAsync("--users", path);

        Assert.That(exitCode, Is.EqualTo(2), errors);
        Assert.That(errors, Does.Contain(problem).And.Contain("users.json").And.Not.Contain("hidden"));
    }

    [Test]
    public async Task Start_NoFile_NamesIt()
    {
        (int exitCode, string errors) = await LocalServerProcess.RunRefusedAsync("--users", "/no/such/users.json");

        Assert.That((exitCode, errors.Contains("--users /no/such/users.json")), Is.EqualTo((2, true)), errors);
    }

    [Test]
    public async Task Start_UnknownOwnership_NamesThoseThatThereAre()
    {
        (int exitCode, string errors) = await LocalServerProcess.RunRefusedAsync("--object-ownership", "Nobody");

        Assert.That((exitCode, errors.Contains("ObjectWriter")), Is.EqualTo((2, true)), errors);
    }
}
