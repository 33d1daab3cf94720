using CsCheck;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Tests.Authentication;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Tests.Signing;

/// <summary>Few and many headers and parameters are sorted by different code, to the same order.</summary>
public sealed class SortingTests
{
    [Test]
    public void Headers_AnyNumber_AreSortedByNameAndStable() =>
        Gen.Int[0, 30].Array[0, 100].Sample(numbers =>
        {
            HeaderField[] fields = [.. numbers.Select((number, place) => new HeaderField("h" + number, place.ToString("D3")))];
            HeaderField[] expected = [.. fields.OrderBy(field => field.Name, StringComparer.Ordinal)];

            CanonicalHeaders.Sort(fields);

            Assert.That(fields, Is.EqualTo(expected));
        }, iter: 300);

    [Test]
    public void Query_AnyNumberOfParameters_IsSorted() =>
        Gen.Select(Gen.Int[0, 30], Gen.Int[0, 3]).Array[1, 100].Sample(pairs =>
        {
            string[] parameters = [.. pairs.Select(pair => $"p{pair.Item1:D2}={pair.Item2}")];
            SigningBuffer buffer = new(stackalloc byte[64]);

            CanonicalQuery.Append(ref buffer, string.Join('&', parameters));

            Assert.That(buffer.ToString(), Is.EqualTo(string.Join('&', parameters.Order(StringComparer.Ordinal))));
            buffer.Dispose();
        }, iter: 300);

    [Test]
    public async Task AuthenticateAsync_SignedHeaderThatIsNotSent_IsNamed()
    {
        S3Error error = await Refusal.OfAsync(SignedRequest.Server(), new SignedRequest().SignHeaders(
            headers => headers.Set("Authorization", headers["Authorization"]!.Replace("host;", "a-made-up-one;host;"))));

        Assert.That((error.Code, error.Detail("SignedHeaderNotSent")), Is.EqualTo(("SignatureDoesNotMatch", "a-made-up-one")));
    }
}
