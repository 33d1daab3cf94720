using CsCheck;
using S3Toolkit.Transfers;

namespace S3Toolkit.Tests.Transfers;

[TestFixture]
internal sealed class ByteBudgetTests
{
    [Test]
    public void TakeAsync_MoreThanThereIs_SaysWhatToDo()
    {
        var budget = new ByteBudget(100);

        Assert.That(
            () => budget.TakeAsync(101, default),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("MaxBufferBytes is 100"));
        Assert.That(budget.FreeBytes, Is.EqualTo(100));
    }

    [Test]
    public async Task TakeAsync_LargeBeforeSmall_IsServedInOrder()
    {
        var budget = new ByteBudget(100);
        using var held = await budget.TakeAsync(60, default);
        var large = budget.TakeAsync(80, default).AsTask();
        var small = budget.TakeAsync(10, default).AsTask();

        Assert.That(small.IsCompleted, Is.False, "a small one must not overtake");
        held.Dispose();
        using var first = await large;
        using var second = await small;
        Assert.That(budget.FreeBytes, Is.EqualTo(10));
    }

    [Test]
    public async Task TakeAsync_CancelledWaiter_LetsOthersPass()
    {
        var budget = new ByteBudget(100);
        using var held = await budget.TakeAsync(60, default);
        using var source = new CancellationTokenSource();
        var large = budget.TakeAsync(80, source.Token).AsTask();
        var small = budget.TakeAsync(40, default).AsTask();

        await source.CancelAsync();

        Assert.That(async () => await large, Throws.InstanceOf<OperationCanceledException>());
        using var ticket = await small;
        Assert.That((budget.FreeBytes, budget.WaiterCount), Is.EqualTo((0L, 0)));
    }

    [Test]
    public async Task Dispose_Twice_GivesBackOnce()
    {
        var budget = new ByteBudget(100);
        var ticket = await budget.TakeAsync(60, default);

        ticket.Dispose();
        ticket.Dispose();

        Assert.That(budget.FreeBytes, Is.EqualTo(100));
    }

    [Test]
    public void TakeAndReturn_AnySequence_NeverPassesTheLimitAndServesInOrder()
    {
        // Positive: ask for so many bytes; 0: give the oldest ticket back; negative: the n-th waiter gives up.
        Gen.Int[-5, 100].Array[1, 60].Sample(steps =>
        {
            var budget = new ByteBudget(100);
            var asked = new List<(Task<ByteBudget.Ticket> Task, CancellationTokenSource Source)>();
            foreach (var step in steps)
            {
                if (step > 0)
                {
                    var source = new CancellationTokenSource();
                    asked.Add((budget.TakeAsync(step, source.Token).AsTask(), source));
                }
                else if (step == 0)
                {
                    var index = asked.FindIndex(static entry => entry.Task.IsCompletedSuccessfully);
                    if (index < 0) continue;
                    asked[index].Task.Result.Dispose();
                    asked.RemoveAt(index);
                }
                else
                {
                    var waiting = asked.FindAll(static entry => !entry.Task.IsCompleted);
                    if (waiting.Count >= -step) waiting[-step - 1].Source.Cancel();
                }

                Settle(budget, asked);
            }

            foreach (var _ in steps)
            {
                foreach (var (task, _) in asked.FindAll(static entry => entry.Task.IsCompletedSuccessfully)) task.Result.Dispose();
                Settle(budget, asked);
            }

            return budget is { FreeBytes: 100, WaiterCount: 0 } && asked.TrueForAll(static entry => entry.Task.IsCompleted);
        }, iter: 500);
    }

    private static void Settle(ByteBudget budget, List<(Task<ByteBudget.Ticket> Task, CancellationTokenSource Source)> asked)
    {
        // Continuations of granted tickets run elsewhere: those that left the queue must end.
        var settled = SpinWait.SpinUntil(
            () => asked.Count(static entry => !entry.Task.IsCompleted) == budget.WaiterCount, TimeSpan.FromSeconds(5));
        Assert.That(settled, Is.True, "everyone not in the queue is served");
        asked.RemoveAll(static entry => entry.Task.IsCanceled);
        Assert.That(budget.FreeBytes, Is.InRange(0, 100));
        var firstWaiting = asked.FindIndex(static entry => !entry.Task.IsCompleted);
        if (firstWaiting >= 0)
            Assert.That(
                asked.Skip(firstWaiting).All(static entry => !entry.Task.IsCompleted), Is.True, "nobody behind the first waiter is served");
    }
}
