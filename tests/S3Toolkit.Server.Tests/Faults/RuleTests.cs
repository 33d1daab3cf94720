namespace S3Toolkit.Server.Tests.Faults;

/// <summary>A rule or a question that nothing can ever match is a typing error, and a test built on it would prove nothing.</summary>
[TestFixture]
public sealed class RuleTests
{
    [TestCase("GetObjekt")]
    [TestCase("getobject")]
    [TestCase("NotImplemented")]
    [TestCase("")]
    public void Add_OperationThatS3HasNot_IsRefused(string operation)
    {
        using S3Server server = S3Server.CreateInMemory();

        Assert.That(
            () => server.Faults.Add(new S3FaultRule { Operation = operation, Fault = S3Fault.ResetAfterCommit() }),
            Throws.ArgumentException.With.Message.Contains($"'{operation}'"));
        Assert.That(() => server.Requests.Of(operation), Throws.ArgumentException.With.Message.Contains($"'{operation}'"));
    }

    [TestCase("GetObject")]
    [TestCase("GetBucketAcl")]
    public void Add_OperationOfS3_IsTaken(string operation)
    {
        using S3Server server = S3Server.CreateInMemory();

        Assert.That(() => server.Faults.Add(new S3FaultRule { Operation = operation, Fault = S3Fault.ResetAfterCommit() }), Throws.Nothing);
        Assert.That(server.Requests.Of(operation), Is.Empty);
    }
}
