using S3Toolkit.Server.Operations.Locking;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Tests.Operations.Locking;

public sealed class RetentionRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    // old mode and hours from now, new mode and hours (none = taken away), bypass, allowed
    [TestCase(null, 0, "C", 1, false, true)]
    [TestCase("G", 2, "G", 2, false, true)]
    [TestCase("G", 2, "G", 3, false, true)]
    [TestCase("G", 2, "G", 1, false, false)]
    [TestCase("G", 2, "G", 1, true, true)]
    [TestCase("G", 2, "C", 3, false, false)]
    [TestCase("G", 2, "C", 3, true, true)]
    [TestCase("G", 2, null, 0, false, false)]
    [TestCase("G", 2, null, 0, true, true)]
    [TestCase("C", 2, "C", 3, false, true)]
    [TestCase("C", 2, "C", 1, true, false)]
    [TestCase("C", 2, "G", 3, true, false)]
    [TestCase("C", 2, null, 0, true, false)]
    [TestCase("C", 0, "G", 1, false, true, Description = "It is over at that moment.")]
    [TestCase("C", -1, null, 0, false, true)]
    public void Check_OldAndNew_AllowsWhatDoesNotWeaken(
        string? oldMode, int oldHours, string? newMode, int newHours, bool bypass, bool isAllowed)
    {
        void Check() => RetentionRules.Check(Retention(oldMode, oldHours), Retention(newMode, newHours), Now, bypass);

        if (isAllowed) Assert.That(Check, Throws.Nothing);
        else Assert.That(Check, Throws.TypeOf<S3ErrorException>().With.Property("Error").Property("Code").EqualTo("AccessDenied"));
    }

    private static RetentionRecord? Retention(string? mode, int hours) =>
        mode is null ? null : new(mode == "G" ? RetentionMode.Governance : RetentionMode.Compliance, Now.AddHours(hours));
}
