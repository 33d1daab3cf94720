using System.Text;
using CsCheck;
using S3Toolkit.Transport;

namespace S3Toolkit.Tests.Transport;

[TestFixture]
public sealed class MetadataTextTests
{
    [Test]
    public void Encode_PlainText_StaysAsItIs() =>
        Assert.That(MetadataText.Encode("name", "plain text; a=b"), Is.EqualTo("plain text; a=b"));

    [Test]
    public void Encode_AnyText_ComesBack() => Gen.OneOf(
            Gen.String[Gen.Char[' ', '~'], 0, 60],
            Gen.Int[0x20, 0x10FFFF].Where(point => point is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32).List[0, 60]
                .Select(string.Concat),
            Gen.Const("=?UTF-8?B?aGk=?="))
        .Sample(text =>
        {
            var encoded = MetadataText.Encode("name", text);
            return Ascii.IsValid(encoded)
                && encoded.Split(' ').All(word => !word.StartsWith("=?", StringComparison.Ordinal) || word.Length <= 75)
                && MetadataText.Decode(encoded) == text;
        });

    [TestCase("=?UTF-8?Q?caf=C3=A9_au_lait?=", "café au lait")]
    [TestCase("=?utf-8?b?w6Q=?= =?utf-8?b?w7Y=?=", "äö")]
    [TestCase("=?UTF-8?B?w6Q=?= plain", "ä plain")]
    [TestCase("=?ISO-8859-1?Q?=E4?=", "=?ISO-8859-1?Q?=E4?=")]
    [TestCase("=?UTF-8?B?***?=", "=?UTF-8?B?***?=")]
    [TestCase("1=?2", "1=?2")]
    public void Decode_WhatServersSend_IsRead(string sent, string expected) => Assert.That(MetadataText.Decode(sent), Is.EqualTo(expected));

    [TestCase("line\nbreak")]
    [TestCase("tab\t")]
    public void Encode_ControlCharacters_AreRefused(string value) =>
        Assert.That(() => MetadataText.Encode("the-name", value), Throws.ArgumentException.With.Message.Contains("the-name"));

    [TestCase("")]
    [TestCase("with space")]
    [TestCase("ümlaut")]
    [TestCase("colon:")]
    public void RequireName_NoHeaderName_IsRefused(string name) =>
        Assert.That(() => MetadataText.RequireName(name), Throws.ArgumentException);
}
