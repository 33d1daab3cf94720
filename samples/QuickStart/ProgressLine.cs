using S3Toolkit;

namespace QuickStart;

/// <summary>Shows a transfer: one line that redraws itself on a terminal, a line for each quarter elsewhere.</summary>
internal sealed class ProgressLine : IProgress<TransferProgress>, IDisposable
{
    private const int BarWidth = 32;

    private readonly bool _isTerminal = !Console.IsOutputRedirected;
    private readonly Lock _lock = new(); // Parts are acknowledged on several threads.
    private int _lastPercent;

    public void Report(TransferProgress value)
    {
        if (value.Fraction is not { } fraction) return;
        var percent = (int)(fraction * 100);
        if (!_isTerminal) percent -= percent % 25;

        lock (_lock)
        {
            if (percent <= _lastPercent) return;
            _lastPercent = percent;
            if (_isTerminal)
                Console.Write($"\r    [{new string('#', percent * BarWidth / 100).PadRight(BarWidth, '.')}] {percent,3} %");
            else
                Console.WriteLine($"    {percent} %");
        }
    }

    public void Dispose()
    {
        if (_isTerminal && _lastPercent > 0) Console.WriteLine();
    }
}
