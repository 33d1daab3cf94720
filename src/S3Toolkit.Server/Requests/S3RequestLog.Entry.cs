namespace S3Toolkit.Server;

/// <summary>This file: a request on its way through the server.</summary>
public sealed partial class S3RequestLog
{
    /// <summary>A place in the log. It is filled in before the answer's head goes out, so that who has the answer finds it here.</summary>
    internal sealed class Entry(S3RequestLog log, S3RequestRecord record)
    {
        private bool _hasLeft;

        public S3RequestRecord Record { get; private set; } = record;

        public void Struck(IReadOnlyList<S3Fault> faults)
        {
            lock (log._gate) Record = Record with { Faults = faults };
        }

        public void End(int status, string? errorCode, long bytesIn)
        {
            lock (log._gate)
            {
                Record = Record with { Status = status, ErrorCode = errorCode };
                Read_NeedsLock(bytesIn);
            }
        }

        /// <summary>Bytes of the answer's body are about to go out.</summary>
        public void Sending(int bytes)
        {
            lock (log._gate)
            {
                Record = Record with { BytesOut = Record.BytesOut + bytes };
                log._bytesOut += bytes;
            }
        }

        /// <summary>The last byte is about to go out, or nothing will. May be called again.</summary>
        public void Leave(long bytesIn)
        {
            lock (log._gate)
            {
                Read_NeedsLock(bytesIn);
                if (_hasLeft) return;
                _hasLeft = true;
                log.Leave_NeedsLock(Record.Operation);
            }
        }

        private void Read_NeedsLock(long bytesIn)
        {
            log._bytesIn += bytesIn - Record.BytesIn;
            Record = Record with { BytesIn = bytesIn };
        }
    }
}
