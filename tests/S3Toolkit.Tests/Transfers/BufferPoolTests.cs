using CsCheck;
using Microsoft.Extensions.Time.Testing;
using S3Toolkit.Transfers;

namespace S3Toolkit.Tests.Transfers;

[TestFixture]
internal sealed class BufferPoolTests
{
    private const int Limit = 1024 * 1024;

    private readonly FakeTimeProvider _time = new();

    [Test]
    public void Return_AnySizes_NeverKeepsMoreThanTheLimit() => Gen.Int[1, Limit].Array[1, 60].Sample(sizes =>
    {
        using var pool = new BufferPool(Limit, _time);
        var rented = Array.ConvertAll(sizes, pool.Rent);
        foreach (var array in rented) pool.Return(array);
        return rented.Zip(sizes).All(static pair => pair.First.Length >= pair.Second) && pool.IdleBytes is > 0 and <= Limit;
    });

    [Test]
    public void Rent_AfterReturn_GivesTheSameArray()
    {
        using var pool = new BufferPool(Limit, _time);
        var array = pool.Rent(100_000);
        pool.Return(array);

        Assert.That(pool.Rent(70_000), Is.SameAs(array));
        Assert.That(pool.IdleBytes, Is.Zero);
    }

    [Test]
    public void Rent_OfAnotherSize_MakesRoomForIt()
    {
        using var pool = new BufferPool(Limit, _time);
        pool.Return(pool.Rent(Limit / 2));

        pool.Rent(Limit);

        Assert.That(pool.IdleBytes, Is.Zero);
    }

    [Test]
    public void Return_NothingRentedForAWhile_KeepsNothing()
    {
        using var pool = new BufferPool(Limit, _time);
        pool.Return(pool.Rent(Limit));
        Assert.That(pool.IdleBytes, Is.EqualTo(Limit));

        _time.Advance(BufferPool.IdleTime * 2);

        Assert.That(pool.IdleBytes, Is.Zero);
    }

    [Test]
    public void Dispose_WhatComesLater_IsNotKept()
    {
        var pool = new BufferPool(Limit, _time);
        var array = pool.Rent(10);

        pool.Dispose();
        pool.Return(array);

        Assert.That(pool.IdleBytes, Is.Zero);
    }
}
