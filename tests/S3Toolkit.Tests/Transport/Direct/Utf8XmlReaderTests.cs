using System.Text;
using System.Xml.Linq;
using CsCheck;
using S3Toolkit.Transport.Direct;

namespace S3Toolkit.Tests.Transport.Direct;

/// <summary>The reader of documents against what XML says, and against what no XML is.</summary>
[TestFixture]
internal sealed class Utf8XmlReaderTests
{
    private const string Everything =
        "\uFEFF<?xml version=\"1.0\" encoding=\"UTF-8\"?><!-- <a>no</a> -->\r\n"
        + "<s3:Root xmlns:s3=\"http://x/>\" b='\"/>'><A >1</A ><B/><C a='/' /><D>x<!-- - > - -->y<?no no?>z</D>"
        + "<E><![CDATA[<&amp;]]>&amp;<![CDATA[]]></E><F> true </F><G>\n12</G><H>&#228;&#x1F600;&lt;&quot;&apos;</H>"
        + "<I><J>in</J><J/></I><K>a<L>b</L>c</K><M>ä\U0001F600</M></s3:Root><!-- after -->";

    private static readonly Gen<string> Names = Gen.OneOf("Key", "Size", "Contents", "ETag", "a", "x-y", "n.1", "ä");

    private static readonly Gen<string> Texts = Gen.OneOf<string>(
        Gen.OneOf("", " ", "<", ">", "&", "&amp;", "\"", "'", "]]>", "-->", "\n", "\r", "\t", "ä", "\U0001F600", "&#13;", "/>", "?>"),
        Gen.Char.AlphaNumeric.Select(static c => c.ToString())).Array[0, 6].Select(string.Concat);

    private static readonly Gen<XElement> Elements = Gen.Recursive<XElement>((depth, inner) => depth > 3
        ? Gen.Select(Names, Texts, static (name, text) => new XElement(name, text))
        : Gen.OneOf(
            Gen.Select(Names, Texts, Texts, static (name, text, value) => new XElement(name, new XAttribute("a", value), Pieces(text))),
            Gen.Select(Names, inner.Array[0, 4], Texts, static (name, children, comment) =>
                new XElement(name, new XComment(comment.Replace("-", "", StringComparison.Ordinal)), children))));

    [Test]
    public void Read_EveryConstruct_IsWhatXmlSays()
    {
        var reader = Open(Everything);

        Assert.That(reader.ReadRoot(), Is.True);
        Assert.That(NameOf(reader), Is.EqualTo("Root"));
        Expect(ref reader, "A", "1");
        Expect(ref reader, "B", "");
        Expect(ref reader, "C", "");
        Expect(ref reader, "D", "xyz");
        Expect(ref reader, "E", "<&amp;&");
        Assert.That(reader.ReadChild(1) && reader.ReadBoolean(), Is.True, "F");
        Assert.That(reader.ReadChild(1) ? reader.ReadInt64() : 0, Is.EqualTo(12), "G");
        Expect(ref reader, "H", "ä\U0001F600<\"'");
        Assert.That(reader.ReadChild(1), Is.True, "I is left unread");
        Expect(ref reader, "K", "ac");
        Expect(ref reader, "M", "ä\U0001F600");
        Assert.That(reader.ReadChild(1), Is.False);
        Assert.That(reader.Depth, Is.Zero);
    }

    [TestCase("true", true)]
    [TestCase("True", true)]
    [TestCase(" TRUE\n", true)]
    [TestCase("false", false)]
    [TestCase("", false)]
    [TestCase("truest", false)]
    public void ReadBoolean_AnyWriting_IsRead(string text, bool expected)
    {
        var reader = Open($"<a>{text}</a>");
        reader.ReadRoot();

        Assert.That(reader.ReadBoolean(), Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase("x")]
    [TestCase("1.5")]
    [TestCase("1 2")]
    [TestCase("9223372036854775808")]
    [TestCase("<b/>")]
    public void ReadInt64_NoNumber_IsUnreadable(string text) => Assert.That(
        () =>
        {
            var reader = Open($"<a>{text}</a>");
            reader.ReadRoot();
            reader.ReadInt64();
        },
        Throws.TypeOf<FormatException>());

    [TestCase("2147483648")]
    [TestCase("-2147483649")]
    public void ReadInt32_BeyondIt_IsUnreadable(string text) => Assert.That(
        () =>
        {
            var reader = Open($"<a>{text}</a>");
            reader.ReadRoot();
            reader.ReadInt32();
        },
        Throws.TypeOf<FormatException>());

    [TestCase("")]
    [TestCase("no xml")]
    [TestCase("</a>")]
    [TestCase("<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>")]
    [TestCase("<>")]
    [TestCase("< a></a>")]
    [TestCase("<a b=\"></a>")]
    [TestCase("<a><![CDATA[x</a>")]
    [TestCase("<a><!-- x</a>")]
    [TestCase("<!-->")]
    public void Read_NoDocument_IsUnreadable(string text) =>
        Assert.That(() => ReadAll(Encoding.UTF8.GetBytes(text)), Throws.TypeOf<FormatException>());

    [Test]
    public void Read_CutOffAnywhere_IsUnreadableAndEnds()
    {
        var whole = Encoding.UTF8.GetBytes(Everything);
        var end = Everything[..Everything.IndexOf("<!-- after", StringComparison.Ordinal)];
        var length = Encoding.UTF8.GetByteCount(end);

        for (var cut = 0; cut < length; cut++)
            Assert.That(() => ReadAll(whole.AsSpan(0, cut).ToArray()), Throws.TypeOf<FormatException>(), $"after {cut} bytes");
        Assert.That(() => ReadAll(whole.AsSpan(0, length).ToArray()), Throws.Nothing);
    }

    [Test]
    public void Read_AnyBytes_EndsAndThrowsNothingElse() =>
        Gen.OneOf(Gen.OneOf("<", ">", "/", "!", "--", "?", "[CDATA[", "]]>", "a", " ", "\"", "'", "&", "=", ";"), Gen.String)
            .Array[0, 30].Select(string.Concat)
            .Sample(
                text =>
                {
                    try
                    {
                        ReadAll(Encoding.UTF8.GetBytes(text));
                    }
                    catch (FormatException)
                    {
                        // what it cannot read
                    }
                },
                iter: 20_000);

    [Test]
    public void Read_AnyDocument_IsAsXDocumentHasIt() => Elements.Sample(
        static element =>
        {
            var expected = XElement.Parse(element.ToString(SaveOptions.DisableFormatting), LoadOptions.PreserveWhitespace);
            var reader = Open(element.ToString(SaveOptions.DisableFormatting));
            Assert.That(reader.ReadRoot(), Is.True);
            Compare(ref reader, expected, 1);
        },
        iter: 2000);

    // Each of these took a quadratic parser minutes.
    [TestCase("<a>", "<b/>")]
    [TestCase("<a>", "<!---->")]
    [TestCase("<a>", "&amp;")]
    [TestCase("<a>", "&")]
    [TestCase("<a>", "<![CDATA[]]>")]
    [TestCase("<a ", "x='' ")]
    [TestCase("<a>", "<b>")]
    public void Read_MillionsOfOne_TakesLinearTime(string head, string piece)
    {
        var text = Encoding.UTF8.GetBytes(head + string.Concat(Enumerable.Repeat(piece, 1_000_000)));

        Assert.That(() => ReadAll(text), Throws.TypeOf<FormatException>());
    }

    private static Utf8XmlReader Open(string text) => new(Encoding.UTF8.GetBytes(text));

    private static string NameOf(Utf8XmlReader reader) => Encoding.UTF8.GetString(reader.Name);

    private static void Expect(ref Utf8XmlReader reader, string name, string text)
    {
        Assert.That(reader.ReadChild(1), Is.True, name);
        Assert.That(NameOf(reader), Is.EqualTo(name));
        Assert.That(reader.ReadText(), Is.EqualTo(text));
    }

    private static void ReadAll(byte[] xml)
    {
        var reader = new Utf8XmlReader(xml);
        if (!reader.ReadRoot()) return;
        while (reader.ReadChild(1)) reader.ReadText();
    }

    private static object[] Pieces(string text) => text.Contains("]]>", StringComparison.Ordinal) || text.Contains('\r')
        ? [new XText(text)]
        : [new XText(text), new XComment("no"), new XCData(text)];

    private static void Compare(ref Utf8XmlReader reader, XElement expected, int depth)
    {
        Assert.That(NameOf(reader), Is.EqualTo(expected.Name.LocalName));
        if (!expected.HasElements)
        {
            Assert.That(reader.ReadText(), Is.EqualTo(expected.Value));
            return;
        }

        foreach (var child in expected.Elements())
        {
            Assert.That(reader.ReadChild(depth), Is.True);
            Compare(ref reader, child, depth + 1);
        }

        Assert.That(reader.ReadChild(depth), Is.False);
    }
}
