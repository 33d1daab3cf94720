namespace S3Toolkit.Server.Operations.Configurations.Settings;

/// <summary>What an element of a setting may hold: S3's schema of it, as a value.</summary>
internal sealed record ElementShape(string Name)
{
    public bool IsOptional { get; init; }

    public bool IsRepeated { get; init; }

    /// <summary>Judges the text of an element that has no further ones; null when it has.</summary>
    public Func<string, bool>? IsText { get; init; }

    /// <summary>The elements in it, in the order in which they are kept.</summary>
    public IReadOnlyList<ElementShape> Children { get; init; } = [];

    /// <summary>It holds exactly one of its children.</summary>
    public bool IsChoice { get; init; }

    public static ElementShape Text(string name) => new(name) { IsText = static _ => true };

    public static ElementShape Words(string name, params string[] words) => new(name) { IsText = text => words.Contains(text) };

    public static ElementShape Flag(string name) => Words(name, "true", "false");

    public static ElementShape Number(string name) => new(name)
    {
        IsText = static text => text.Length is > 0 and < 10 && !text.AsSpan().ContainsAnyExceptInRange('0', '9'),
    };

    public static ElementShape Of(string name, params ElementShape[] children) => new(name) { Children = children };

    public static ElementShape OneOf(string name, params ElementShape[] children) => new(name) { Children = children, IsChoice = true };

    public ElementShape Optional() => this with { IsOptional = true };

    public ElementShape Many() => this with { IsRepeated = true };
}
