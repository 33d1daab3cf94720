using CsCheck;
using S3Toolkit.Transport.Credentials;

namespace S3Toolkit.Tests.Transport.Credentials;

[TestFixture]
internal sealed class ProfileFileTests
{
    [Test]
    public void Parse_CommentsNestedBlocksAndCase_AreReadAsBotocoreReadsThem()
    {
        const string Text = """
            # comment
            [default]
            AWS_Access_Key_Id=AKIA=1
            s3 =
                max_concurrent_requests = 20
            ; comment
            region = eu-west-1  # not a comment

            [profile dev]
            region=us-west-2
            """;

        Dictionary<string, Dictionary<string, string>> sections = ProfileFile.Parse(Text, "config");

        Assert.That(sections.Keys, Is.EquivalentTo(["default", "profile dev"]));
        Assert.That(sections["default"], Is.EquivalentTo(new Dictionary<string, string>
        {
            ["aws_access_key_id"] = "AKIA=1",
            ["s3"] = "",
            ["region"] = "eu-west-1  # not a comment",
        }));
        Assert.That(sections["profile dev"]["region"], Is.EqualTo("us-west-2"));
    }

    [TestCase("key = value", "before the first [section]")]
    [TestCase("[default\nkey = value", "bracket is not closed")]
    [TestCase("[default]\n= value", "neither [section] nor key = value")]
    public void Parse_Malformed_Throws(string text, string expected)
    {
        Assert.That(() => ProfileFile.Parse(text, "config"), Throws.TypeOf<CredentialSourceException>().With.Message.Contain(expected));
    }

    [Test]
    public void Parse_WhatWasWritten_ComesBack()
    {
        Gen<string> word = Gen.String[Gen.Char["abcdefghijklmnopqrstuvwxyzABC0123456789_-/+="], 1, 40];
        Gen.Select(Gen.String[Gen.Char["abcxyz_0"], 1, 12], word).Array[1, 8].Sample(pairs =>
        {
            string text = "[p]\r\n" + string.Concat(pairs.Select(p => $"{p.Item1} = {p.Item2}\r\n"));

            Dictionary<string, string> section = ProfileFile.Parse(text, "config")["p"];

            return pairs.All(p => section[p.Item1] == pairs.Last(q => q.Item1 == p.Item1).Item2);
        });
    }

    [TestCase("[profile \"my dev\"]", "my dev")]
    [TestCase("[profile 'my dev']", "my dev")]
    [TestCase("[profile\tdev]", "dev")]
    [TestCase("[default]", "default")]
    public void Load_ConfigSection_IsNamedAsInTheCli(string header, string expected)
    {
        using var world = new CredentialWorld();
        world.Config(header + "\nregion = eu-west-1\n[services x]\nregion = no\n[stray]\nregion = no\n");

        Assert.That(ProfileSet.Load(world.Context()).Names, Is.EqualTo([expected]));
    }
}
