using CsCheck;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Tests.Storage;

public sealed class SortedKeyMapTests
{
    [Test]
    public void SetAndRemove_AnyOrder_KeepWhatASortedDictionaryKeeps()
    {
        Gen<(int Key, bool IsRemoval)[]> steps = Gen.Select(Gen.Int[0, 2000], Gen.Int[0, 3].Select(n => n == 0)).Array[0, 4000];
        steps.Sample(
            items =>
            {
                SortedKeyMap<int> map = new();
                SortedDictionary<string, int> model = new(KeyOrder.Instance);
                foreach ((int number, bool isRemoval) in items)
                {
                    string key = "k" + number;
                    if (isRemoval)
                    {
                        if (map.Remove(key) != model.Remove(key)) return false;
                    }
                    else
                    {
                        map.Set(key, number);
                        model[key] = number;
                    }
                }
                return map.Count == model.Count && Walk(map.From("")).SequenceEqual(model);
            },
            iter: 60);
    }

    [Test]
    public void From_KeysThatArriveInOrder_FindsEveryPlace()
    {
        SortedKeyMap<int> map = new();
        for (int i = 0; i < 5000; i++) map.Set($"{i:d5}", i);

        Assert.That(map.From("02500").Value, Is.EqualTo(2500));
        Assert.That(map.After("02500").Value, Is.EqualTo(2501));
        Assert.That(map.AfterPrefix("024").Value, Is.EqualTo(2500));
        Assert.That(map.AfterPrefix("04").IsAtEnd, Is.True);
        Assert.That(map.TryGetValue("04999", out int last) && last == 4999, Is.True);
        Assert.That(map.TryGetValue("5", out _), Is.False);
    }

    private static IEnumerable<KeyValuePair<string, int>> Walk(SortedKeyMap<int>.Cursor cursor)
    {
        for (; !cursor.IsAtEnd; cursor.MoveNext()) yield return new(cursor.Key, cursor.Value);
    }
}
