using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Lifecycle;

public sealed class LifecycleDocumentTests(ServerMode mode) : ServerFixture(mode)
{
    private const string Action = "<Expiration><Days>5</Days></Expiration>";

    [Test]
    public async Task Put_WholeDocument_ComesBackAsItWent()
    {
        const string rules =
            "<Rule><ID>all</ID><Filter><And><Prefix>logs/</Prefix><ObjectSizeGreaterThan>10</ObjectSizeGreaterThan>"
            + "<ObjectSizeLessThan>2000000</ObjectSizeLessThan><Tag><Key>a</Key><Value>1</Value></Tag></And></Filter>"
            + "<Status>Enabled</Status>"
            + "<Transition><Days>30</Days><StorageClass>STANDARD_IA</StorageClass></Transition>"
            + "<Transition><Days>60</Days><StorageClass>GLACIER</StorageClass></Transition><Expiration><Days>90</Days></Expiration>"
            + "<NoncurrentVersionTransition><NoncurrentDays>30</NoncurrentDays><StorageClass>STANDARD_IA</StorageClass>"
            + "</NoncurrentVersionTransition><NoncurrentVersionExpiration><NoncurrentDays>40</NoncurrentDays>"
            + "<NewerNoncurrentVersions>3</NewerNoncurrentVersions></NoncurrentVersionExpiration></Rule>"
            + "<Rule><ID>dated</ID><Filter><Prefix>tmp/</Prefix></Filter><Status>Disabled</Status><Expiration>"
            + "<Date>2030-01-01T00:00:00.000Z</Date></Expiration></Rule>"
            + "<Rule><ID>parts</ID><Filter></Filter><Status>Enabled</Status><Expiration>"
            + "<ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration><AbortIncompleteMultipartUpload>"
            + "<DaysAfterInitiation>7</DaysAfterInitiation></AbortIncompleteMultipartUpload></Rule>";

        (int status, _) = await PutAsync(rules);
        (_, string body) = await SendAsync(HttpMethod.Get, "/" + Bucket, "lifecycle=");

        Assert.That(status, Is.EqualTo(200));
        Assert.That(body, Does.Contain(rules));
    }

    [Test]
    public async Task Put_RuleWithoutId_GetsOne()
    {
        await PutAsync(string.Concat(new[] { "a", "b" }.Select(prefix =>
            $"<Rule><Prefix>{prefix}</Prefix><Status>Enabled</Status>{Action}</Rule>")));

        GetLifecycleConfigurationResponse answer = await Client.GetLifecycleConfigurationAsync(Bucket);

        Assert.That(answer.Configuration.Rules.Select(rule => rule.Id), Is.Unique.And.All.Not.Empty);
    }

    [Test]
    public async Task Get_WithoutRules_IsMissing_AndDeleteIsIdempotent()
    {
        await Client.DeleteLifecycleConfigurationAsync(Bucket);
        AmazonS3Exception before = await ErrorOf(async () => _ = await RawGetAsync());
        await PutAsync($"<Rule><Filter/><Status>Enabled</Status>{Action}</Rule>");
        await Client.DeleteLifecycleConfigurationAsync(Bucket);

        Assert.That((before.StatusCode, before.ErrorCode), Is.EqualTo((HttpStatusCode.NotFound, "NoSuchLifecycleConfiguration")));
        Assert.That((await ErrorOf(async () => _ = await RawGetAsync())).ErrorCode, Is.EqualTo("NoSuchLifecycleConfiguration"));
    }

    [Test]
    public async Task Put_TransitionMinimum_IsKeptAndTold()
    {
        PutLifecycleConfigurationRequest request = new()
        {
            BucketName = Bucket,
            TransitionDefaultMinimumObjectSize = TransitionDefaultMinimumObjectSize.VariesByStorageClass,
            Configuration = new LifecycleConfiguration
            {
                Rules =
                [
                    new LifecycleRule
                    {
                        Id = "r", Status = LifecycleRuleStatus.Enabled, Filter = new LifecycleFilter(),
                        Expiration = new LifecycleRuleExpiration { Days = 1 },
                    },
                ],
            },
        };
        PutLifecycleConfigurationResponse put = await Client.PutLifecycleConfigurationAsync(request);
        GetLifecycleConfigurationResponse got = await Client.GetLifecycleConfigurationAsync(Bucket);

        Assert.That(put.TransitionDefaultMinimumObjectSize, Is.EqualTo(TransitionDefaultMinimumObjectSize.VariesByStorageClass));
        Assert.That(got.TransitionDefaultMinimumObjectSize, Is.EqualTo(TransitionDefaultMinimumObjectSize.VariesByStorageClass));
    }

    [TestCase("", "MalformedXML", TestName = "no rules")]
    [TestCase($"<Rule><Status>Enabled</Status>{Action}</Rule>", "MalformedXML", TestName = "neither prefix nor filter")]
    [TestCase($"<Rule><Prefix/><Filter/><Status>Enabled</Status>{Action}</Rule>", "MalformedXML", TestName = "both")]
    [TestCase($"<Rule><Prefix/><Status>enabled</Status>{Action}</Rule>", "MalformedXML", TestName = "status")]
    [TestCase($"<Rule><Prefix/>{Action}</Rule>", "MalformedXML", TestName = "no status")]
    [TestCase("<Rule><Prefix/><Status>Enabled</Status></Rule>", "InvalidRequest", TestName = "no action")]
    [TestCase($"<Rule><Prefix/><Status>Enabled</Status><Sing/>{Action}</Rule>", "MalformedXML", TestName = "unknown element")]
    [TestCase(
        $"<Rule><ID>a</ID><Prefix/><Status>Enabled</Status>{Action}</Rule><Rule><ID>a</ID><Prefix/><Status>Enabled</Status>{Action}</Rule>",
        "InvalidArgument", TestName = "same id")]
    [TestCase(
        "<Rule><Prefix/><Status>Enabled</Status><Expiration><Days>0</Days></Expiration></Rule>", "InvalidArgument", TestName = "no days")]
    [TestCase("<Rule><Prefix/><Status>Enabled</Status><Expiration><Days>x</Days></Expiration></Rule>", "MalformedXML", TestName = "days x")]
    [TestCase("<Rule><Prefix/><Status>Enabled</Status><Expiration><Days>1</Days><Date>2030-01-01T00:00:00Z</Date></Expiration></Rule>",
        "MalformedXML", TestName = "days and date")]
    [TestCase("<Rule><Prefix/><Status>Enabled</Status><Expiration><Date>2030-01-01T01:00:00Z</Date></Expiration></Rule>", "InvalidArgument",
        TestName = "not midnight")]
    [TestCase(
        "<Rule><Prefix/><Status>Enabled</Status><Expiration><Date>20300101</Date></Expiration></Rule>", "MalformedXML",
        TestName = "no date")]
    [TestCase($"<Rule><Filter><Prefix>a</Prefix><Tag><Key>k</Key><Value>v</Value></Tag></Filter><Status>Enabled</Status>{Action}</Rule>",
        "MalformedXML", TestName = "two without and")]
    [TestCase(
        $"<Rule><Filter><And><Prefix>a</Prefix></And></Filter><Status>Enabled</Status>{Action}</Rule>", "MalformedXML",
        TestName = "and of one")]
    [TestCase("<Rule><Filter><Tag><Key>k</Key><Value>v</Value></Tag></Filter><Status>Enabled</Status><Expiration>"
        + "<ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration></Rule>", "InvalidRequest",
        TestName = "marker with tag")]
    [TestCase("<Rule><Filter><ObjectSizeLessThan>9</ObjectSizeLessThan></Filter><Status>Enabled</Status><AbortIncompleteMultipartUpload>"
        + "<DaysAfterInitiation>1</DaysAfterInitiation></AbortIncompleteMultipartUpload></Rule>", "InvalidRequest",
        TestName = "abort with size")]
    [TestCase(
        "<Rule><Prefix/><Status>Enabled</Status><Transition><Days>29</Days><StorageClass>STANDARD_IA</StorageClass></Transition></Rule>",
        "InvalidArgument", TestName = "below 30 days")]
    [TestCase("<Rule><Prefix/><Status>Enabled</Status><Transition><Days>1</Days><StorageClass>STANDARD</StorageClass></Transition></Rule>",
        "MalformedXML", TestName = "no class to go to")]
    [TestCase("<Rule><Prefix/><Status>Enabled</Status><Transition><Days>9</Days><StorageClass>GLACIER</StorageClass></Transition>"
        + "<Expiration><Days>9</Days></Expiration></Rule>", "InvalidArgument", TestName = "expires before it moves")]
    [TestCase("<Rule><Prefix/><Status>Enabled</Status><Transition><Days>9</Days><StorageClass>GLACIER</StorageClass></Transition>"
        + "<Expiration><Date>2030-01-01T00:00:00Z</Date></Expiration></Rule>", "InvalidRequest", TestName = "mixed")]
    [TestCase("<Rule><Filter/><Status>Enabled</Status><NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays>"
        + "<NewerNoncurrentVersions>101</NewerNoncurrentVersions></NoncurrentVersionExpiration></Rule>", "InvalidArgument",
        TestName = "101 kept")]
    public async Task Put_WhatS3Refuses_SaysWhy(string rules, string code)
    {
        (int status, string body) = await PutAsync(rules);

        Assert.That((status, body), Is.EqualTo((400, body)));
        Assert.That(body, Does.Contain($"<Code>{code}</Code>"));
    }

    [Test]
    public async Task Put_IdTooLong_IsRefused() => Assert.That(
        (await PutAsync($"<Rule><ID>{new string('a', 256)}</ID><Prefix/><Status>Enabled</Status>{Action}</Rule>")).Body,
        Does.Contain("<Code>InvalidArgument</Code>"));

    [TestCase($"<Rule><Prefix/><Status>Enabled</Status>{Action}</Rule><Rule><Filter/><Status>Enabled</Status>{Action}</Rule>",
        "Filter element can only be used in Lifecycle V2.")]
    [TestCase($"<Rule><Filter/><Status>Enabled</Status>{Action}</Rule><Rule><Prefix/><Status>Enabled</Status>{Action}</Rule>",
        "Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the Filter.")]
    [TestCase($"<Rule><Prefix>a/b</Prefix><Status>Enabled</Status>{Action}</Rule>"
        + $"<Rule><Prefix>a/</Prefix><Status>Enabled</Status>{Action}</Rule>",
        "Found overlapping prefixes 'a/b' and 'a/' for same action type 'Expiration'")]
    public async Task Put_RulesThatDoNotGoTogether_SayWhy(string rules, string message)
    {
        (int status, string body) = await PutAsync(rules);

        Assert.That((status, body.Contains($"<Code>InvalidRequest</Code><Message>{message}</Message>")), Is.EqualTo((400, true)), body);
    }

    [TestCase("b", "Enabled", Action)]
    [TestCase("a", "Disabled", Action)]
    [TestCase("a", "Enabled",
        "<AbortIncompleteMultipartUpload><DaysAfterInitiation>1</DaysAfterInitiation></AbortIncompleteMultipartUpload>")]
    public async Task Put_OldRulesThatDoNotMeet_AreTaken(string prefix, string status, string action)
    {
        (int answer, string body) = await PutAsync($"<Rule><Prefix>a</Prefix><Status>Enabled</Status>{Action}</Rule>"
            + $"<Rule><Prefix>{prefix}</Prefix><Status>{status}</Status>{action}</Rule>");

        Assert.That(answer, Is.EqualTo(200), body);
    }

    [Test]
    public async Task Put_UnknownTransitionMinimum_IsRefused()
    {
        (int status, string body) = await SendAsync(HttpMethod.Put, "/" + Bucket, "lifecycle=",
            $"<LifecycleConfiguration><Rule><Filter/><Status>Enabled</Status>{Action}</Rule></LifecycleConfiguration>",
            ("x-amz-transition-default-minimum-object-size", "small"));

        Assert.That((status, body.Contains("Invalid TransitionDefaultMinimumObjectSize found: small")), Is.EqualTo((400, true)), body);
    }

    private Task<(int Status, string Body)> PutAsync(string rules) => SendAsync(
        HttpMethod.Put, "/" + Bucket, "lifecycle=", $"<LifecycleConfiguration>{rules}</LifecycleConfiguration>");

    private async Task<GetLifecycleConfigurationResponse> RawGetAsync()
    {
        (int status, string body) = await SendAsync(HttpMethod.Get, "/" + Bucket, "lifecycle=");
        string code = body.Split("<Code>")[^1].Split('<')[0];
        throw new AmazonS3Exception(body, ErrorType.Sender, code, "", (HttpStatusCode)status);
    }
}
