using S3Toolkit.Resilience;

namespace S3Toolkit.Tests.Resilience;

[TestFixture]
public sealed class RetryBudgetTests
{
    [Test]
    public void TryPay_TransientAndThrottling_CostWhatTheStandardSays()
    {
        var budget = new RetryBudget(500);

        budget.TryPay(throttling: false);
        budget.TryPay(throttling: true);

        Assert.That(budget.Tokens, Is.EqualTo(500 - 14 - 5));
    }

    [Test]
    public void TryPay_NotEnoughLeft_TakesNothing()
    {
        var budget = new RetryBudget(13);

        Assert.That(budget.TryPay(throttling: false), Is.False);
        Assert.That(budget.Tokens, Is.EqualTo(13));
    }

    [Test]
    public void Earn_FullBudget_StaysFull()
    {
        var budget = new RetryBudget(10);

        budget.Earn();

        Assert.That(budget.Tokens, Is.EqualTo(10));
    }

    [Test]
    public async Task TryPay_FromManyThreads_NeverGoesBelowZero()
    {
        var budget = new RetryBudget(1000);

        var paid = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            var count = 0;
            for (var i = 0; i < 1000; i++) count += budget.TryPay(throttling: true) ? 1 : 0;
            return count;
        })));

        Assert.That(paid.Sum(), Is.EqualTo(200));
        Assert.That(budget.Tokens, Is.Zero);
    }
}
