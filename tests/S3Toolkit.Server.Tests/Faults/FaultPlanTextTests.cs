namespace S3Toolkit.Server.Tests.Faults;

public sealed class FaultPlanTextTests
{
    private static readonly S3FaultRule[] Rules =
    [
        new() { Fault = S3Fault.Delay(TimeSpan.FromMilliseconds(250)) },
        new() { Fault = S3Fault.Delay(TimeSpan.FromMilliseconds(0.5)), Probability = 0.1 },
        new() { Fault = S3Fault.SlowDown(TimeSpan.FromSeconds(3)), Operation = "PutObject", BucketName = "photos", Key = "dir/*" },
        new() { Fault = S3Fault.SlowDown(), Operation = "UploadPart", PartNumber = 2, FromAttempt = 1, ToAttempt = 1 },
        new() { Fault = S3Fault.InternalError(), FromAttempt = 2, ToAttempt = 3 },
        new() { Fault = S3Fault.Error(400, "RequestTimeout", TimeSpan.FromMilliseconds(1500)), FromAttempt = 2 },
        new() { Fault = S3Fault.Conflict(), SkipRequests = 1, MaxRequests = 5, EveryNth = 2 },
        new() { Fault = S3Fault.ResetBeforeRead(), Key = "with space and \"quotes\" \\ and = # ->" },
        new() { Fault = S3Fault.ResetAfterCommit(), Key = "line\nbreak\r" },
        new() { Fault = S3Fault.TruncateBody(5_000_000_000), Key = "" },
        new() { Fault = S3Fault.FlipByte(3), Key = "ключ/*" },
        new() { Fault = S3Fault.StallBody(0), Key = "->" },
        new() { Fault = S3Fault.SlowBody(1000) },
        new() { Fault = S3Fault.OkWithError() },
        new() { Fault = S3Fault.Html(502) },
        new() { Fault = S3Fault.TemporaryRedirect() },
        new() { Fault = S3Fault.TemporaryRedirect(new Uri("http://127.0.0.1:9001")) },
        new() { Fault = S3Fault.ClockSkew(TimeSpan.FromMinutes(-20)) },
    ];

    [TestCaseSource(nameof(Rules))]
    public void Parse_WhatToStringWrote_IsTheSameRule(S3FaultRule rule)
    {
        S3FaultPlan plan = new(seed: -7);
        plan.Add(rule);

        S3FaultPlan read = S3FaultPlan.Parse(plan.ToString());

        Assert.That(read.Rules, Is.EqualTo(new[] { rule }));
        Assert.That(read.Seed, Is.EqualTo(-7));
        Assert.That(plan.ToString().TrimEnd().Split('\n'), Has.Length.EqualTo(2), "one line a rule, and the seed");
    }

    [Test]
    public void ToString_OfAPlan_ReadsLikeThis()
    {
        S3FaultPlan plan = new(seed: 42);
        plan.Add(new S3FaultRule
        {
            Operation = "GetObject", Key = "dir/*", FromAttempt = 1, ToAttempt = 3, Probability = 0.25,
            Fault = S3Fault.SlowDown(TimeSpan.FromSeconds(3)),
        });

        Assert.That(plan.ToString(), Is.EqualTo("seed 42\nGetObject key=dir/* attempt=1..3 probability=0.25 -> SlowDown retryAfter=3s\n"));
    }

    [Test]
    public void Parse_WrittenByHand_SkipsCommentsAndBlanks()
    {
        S3FaultPlan plan = S3FaultPlan.Parse(
            "# a plan\r\n\r\nseed 9\r\n  * key=\"a b\"  attempt=2   ->  Delay 1m  \r\nHeadObject -> Conflict\r\n");

        Assert.That(plan.Seed, Is.EqualTo(9));
        Assert.That(plan.Rules, Is.EqualTo(new S3FaultRule[]
        {
            new() { Key = "a b", FromAttempt = 2, ToAttempt = 2, Fault = S3Fault.Delay(TimeSpan.FromMinutes(1)) },
            new() { Operation = "HeadObject", Fault = S3Fault.Conflict() },
        }));
    }

    [TestCase("GetObjekt -> InternalError", "GetObjekt")]
    [TestCase("GetObject InternalError", "->")]
    [TestCase("GetObject ->", "->")]
    [TestCase("-> InternalError", "->")]
    [TestCase("* -> Explode", "Explode")]
    [TestCase("* -> Delay", "Delay")]
    [TestCase("* -> Delay 5", "ms")]
    [TestCase("* -> Delay 5d", "ms")]
    [TestCase("* -> Delay -5s", "delay")]
    [TestCase("* -> Delay 99999999999999h", "ms")]
    [TestCase("* -> FlipByte x", "whole number")]
    [TestCase("* -> FlipByte 1 2", "FlipByte")]
    [TestCase("* -> Error 99 X", "status")]
    [TestCase("* -> InternalError retryAfter=1s", "retryAfter")]
    [TestCase("* -> TemporaryRedirect here", "address")]
    [TestCase("* size=3 -> InternalError", "size=3")]
    [TestCase("* key=\"x -> InternalError", "quotation")]
    [TestCase("* probability=2 -> InternalError", "probability")]
    [TestCase("* probability=NaN -> InternalError", "probability")]
    [TestCase("* attempt=0 -> InternalError", "FromAttempt")]
    [TestCase("* attempt=3..2 -> InternalError", "ToAttempt")]
    [TestCase("seed x", "seed")]
    public void Parse_WrongLine_IsNamedWithWhatIsWrong(string line, string told)
    {
        Assert.That(
            () => S3FaultPlan.Parse("seed 1\n" + line),
            Throws.InstanceOf<FormatException>().With.Message.StartsWith("Line 2, ").And.Message.Contains(told).IgnoreCase);
    }
}
