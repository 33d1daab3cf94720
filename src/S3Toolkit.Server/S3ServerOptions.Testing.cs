namespace S3Toolkit.Server;

/// <summary>This file: what tests ask for.</summary>
public sealed partial class S3ServerOptions
{
    /// <summary>
    /// What goes wrong from the start on. The server takes a copy, <see cref="S3Server.Faults"/>; null starts without faults.
    /// </summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public S3FaultPlan? Faults { get; set; }

    /// <summary>
    /// Listens for https, with a certificate that is made at the start for <c>localhost</c>, <c>*.localhost</c>, <c>127.0.0.1</c> and
    /// <c>::1</c>: see <see cref="S3Server.Certificate"/> and <see cref="S3Server.CreateSocketHandler"/>. Without a socket nothing is
    /// encrypted, and requests count as sent over https all the same.
    /// </summary>
    /// <value>The default value is <see langword="false"/>.</value>
    public bool UseTls { get; set; }

    /// <summary>
    /// Refuses what goes beyond S3's rates for a partitioned prefix with 503 SlowDown, by the server's clock; null refuses nothing.
    /// </summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public S3RateModel? RateModel { get; set; }

    /// <summary>
    /// What the server starts with: the state of another one at the moment of its <see cref="S3Server.Snapshot"/>; null starts empty.
    /// It holds data and no settings: users, keys, account and region are those of these options, and who is none of the users that the
    /// data belongs to finds it closed. <see cref="S3Server.ForkAsync"/> takes the settings along. Not together with
    /// <see cref="DataDirectory"/>.
    /// </summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public S3ServerSnapshot? Snapshot { get; set; }

    /// <summary>The same settings, for another server: neither sees what is changed in the other's lists.</summary>
    internal S3ServerOptions Copy()
    {
        S3ServerOptions copy = (S3ServerOptions)MemberwiseClone();
        copy.Users = [.. Users];
        copy.BaseDomains = [.. BaseDomains];
        copy.KmsKeys = [.. KmsKeys.Select(static key => new S3KmsKey(key.Id) { IsEnabled = key.IsEnabled })];
        copy.ReplicationTargets = new Dictionary<string, S3ReplicationTarget>(ReplicationTargets, StringComparer.Ordinal);
        return copy;
    }

    private void ValidateTesting()
    {
        RateModel?.Validate();
        if (Snapshot is not null && DataDirectory is not null)
            throw new ArgumentException("Snapshot and DataDirectory exclude each other: a snapshot starts a server in memory.");
    }
}
