using Microsoft.Data.Sqlite;

namespace S3Toolkit.Server.Storage.Disk.Metadata;

/// <summary>One connection with its prepared statements. Parameters are ?1, ?2... Not thread-safe.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = [];

    private SqliteSession(SqliteConnection connection) => _connection = connection;

    /// <summary>So long a statement waits for another program that holds the database. The provider knows whole seconds only.</summary>
    private const int BusySeconds = 2;

    /// <summary>The connection of the one writer.</summary>
    public static SqliteSession OpenWriter(string path)
    {
        // A mere fsync of macOS leaves the bytes in the disk's own cache.
        string[] onMac = OperatingSystem.IsMacOS() ? ["fullfsync = 1", "checkpoint_fullfsync = 1"] : [];
        // FULL: each commit is flushed. The log is cut back after a burst, so that it does not keep the burst's size.
        return Open(path, [
            "journal_mode = WAL", "synchronous = FULL", "cache_size = -8192", "temp_store = MEMORY", "journal_size_limit = 16777216",
            .. onMac,
        ]);
    }

    /// <exception cref="StorageFullException">There is no room for what the database needs beside it.</exception>
    public static SqliteSession Open(string path, params ReadOnlySpan<string> pragmas)
    {
        SqliteConnectionStringBuilder settings = new()
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            DefaultTimeout = BusySeconds,
            Pooling = false, // a pooled connection would hold the file beyond the server's life
        };
        SqliteSession session = new(new SqliteConnection(settings.ConnectionString));
        try
        {
            session._connection.Open();
            foreach (string pragma in pragmas) session.ExecuteOnce("PRAGMA " + pragma);
            return session;
        }
        catch (SqliteException exception) when (DiskFailure.IsFull(exception, session.SystemError))
        {
            Exception failure = DiskFailure.Of(exception, session.SystemError);
            session.Dispose();
            throw failure;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>What the operating system told the database when it last failed; 0 when that is not known.</summary>
    public int SystemError => SqliteError.SystemErrorOf(_connection.Handle);

    /// <summary>The row that was inserted last.</summary>
    public long LastInsertId => Scalar("SELECT last_insert_rowid()");

    /// <summary>The rows changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Command(sql, values).ExecuteNonQuery();

    /// <summary>For several statements at once, and for what is not worth preparing.</summary>
    public void ExecuteOnce(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
#pragma warning disable CA2100 // All SQL of the storage is constant.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>The caller disposes the reader before the same statement runs again.</summary>
    public SqliteDataReader Query(string sql, params ReadOnlySpan<object?> values) => Command(sql, values).ExecuteReader();

    /// <summary>The one number of the one row.</summary>
    public long Scalar(string sql, params ReadOnlySpan<object?> values) => (long)Command(sql, values).ExecuteScalar()!;

    public void Dispose()
    {
        foreach (SqliteCommand command in _commands.Values) command.Dispose();
        _connection.Dispose();
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(sql, out SqliteCommand? command))
        {
            command = _connection.CreateCommand();
#pragma warning disable CA2100 // All SQL of the storage is constant.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (int i = 1; i <= values.Length; i++) command.Parameters.Add(new SqliteParameter { ParameterName = "?" + i });
            _commands.Add(sql, command);
        }
        for (int i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }
}
