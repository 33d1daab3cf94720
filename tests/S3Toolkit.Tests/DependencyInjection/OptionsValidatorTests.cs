using S3Toolkit.DependencyInjection;

namespace S3Toolkit.Tests.DependencyInjection;

[TestFixture]
public sealed class OptionsValidatorTests
{
    private static readonly OptionsValidator Validator = new();

    [Test]
    public void Validate_Defaults_AreFine() => Assert.That(Validator.Validate("", new S3ToolkitOptions()).Succeeded, Is.True);

    private static IEnumerable<TestCaseData> Mistakes()
    {
        yield return Case("Endpoint", "ftp://host", o => o.Endpoint = new Uri("ftp://host"));
        yield return Case("Endpoint", "user name", o => o.Endpoint = new Uri("http://user:pw@host"));
        yield return Case("Endpoint", "query", o => o.Endpoint = new Uri("http://host/?x=1"));
        yield return Case("SecretAccessKey", "AK1", o => o.AccessKeyId = "AK1");
        yield return Case("AccessKeyId", "not", o => o.SecretAccessKey = "hush");
        yield return Case("SessionToken", "AccessKeyId", o => o.SessionToken = "hush");
        yield return Case("Region", "eu west", o => o.Region = "eu west");
        yield return Case("Transfers.PartSizeBytes", "1024", o => o.Transfers.PartSizeBytes = 1024);
        yield return Case("Transfers.PartSizeBytes", "quarter", o => o.Transfers.PartSizeBytes = 100L * 1024 * 1024);
        yield return Case("Transfers.MaxConcurrency", "0", o => o.Transfers.MaxConcurrency = 0);
        yield return Case("MaxBufferBytes", "1048576", o => o.MaxBufferBytes = 1048576);
        yield return Case("Resilience.MaxAttempts", "21", o => o.Resilience.MaxAttempts = 21);
        yield return Case("Resilience.InactivityTimeout", "-1 s", o => o.Resilience.InactivityTimeout = TimeSpan.FromSeconds(-1));
        yield return Case("Resilience.BreakerFailureRatio", "1.5", o => o.Resilience.BreakerFailureRatio = 1.5);
        yield return Case("Resilience.BreakerBreakDuration", "0.1 s", o => o.Resilience.BreakerBreakDuration = TimeSpan.FromSeconds(0.1));
        yield return Case("Resilience.MaxOpenCalls", "0", o => o.Resilience.MaxOpenCalls = 0);

        static TestCaseData Case(string option, string value, Action<S3ToolkitOptions> spoil) =>
            new TestCaseData(option, value, spoil).SetName($"Validate_{option}_{value}_IsNamed");
    }

    [TestCaseSource(nameof(Mistakes))]
    public void Validate_OneMistake_NamesOptionAndValue(string option, string value, Action<S3ToolkitOptions> spoil)
    {
        var options = new S3ToolkitOptions();
        spoil(options);

        var result = Validator.Validate("archive", options);

        Assert.That(result.Failed, Is.True);
        Assert.That(result.FailureMessage, Does.Contain(option).And.Contain(value).And.Contain("archive"));
        Assert.That(result.FailureMessage, Does.Not.Contain("hush").And.Not.Contain("pw@"));
    }

    [Test]
    public void Validate_SeveralMistakes_AreAllNamedAtOnce()
    {
        var options = new S3ToolkitOptions { AccessKeyId = "AK", Region = "a b" };

        var result = Validator.Validate("", options);

        Assert.That(result.Failures, Has.Exactly(2).Items);
    }
}
