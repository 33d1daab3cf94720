using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Locking;

/// <summary>Modes and holds as S3 spells them; the case matters.</summary>
internal static class LockText
{
    public static string Of(RetentionMode mode) => mode == RetentionMode.Compliance ? "COMPLIANCE" : "GOVERNANCE";

    public static string OfHold(bool isOn) => isOn ? "ON" : "OFF";

    /// <summary>Null when the text is no mode.</summary>
    public static RetentionMode? TryParseMode(string? text) => text switch
    {
        "GOVERNANCE" => RetentionMode.Governance,
        "COMPLIANCE" => RetentionMode.Compliance,
        _ => null,
    };

    /// <summary>Null when the text is neither on nor off.</summary>
    public static bool? TryParseHold(string? text) => text switch
    {
        "ON" => true,
        "OFF" => false,
        _ => null,
    };
}
