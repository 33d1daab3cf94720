using System.Globalization;

namespace S3Toolkit.Benchmarks.Measuring;

/// <summary>The figures as a table.</summary>
internal static class FigureTable
{
    public const string Header =
        "work           client  unit             wall ms   cpu ms  alloc KiB  peak MiB   cpu/raw   cpu/sdk";

    public static string Row(Figures figures, Work work)
    {
        string cost = string.Create(
            CultureInfo.InvariantCulture, $"{figures.WallMilliseconds,9:0.###} {figures.ProcessorMilliseconds,8:0.###}");
        return $"{figures.Work,-14} {figures.Contender,-7} {work.Unit,-14} {cost} {Number(figures.AllocatedKiB),10} "
            + $"{Number(figures.PeakMiB),9} {Ratio(figures.ProcessorToRaw),9} {Ratio(figures.ProcessorToSdk),9}";
    }

    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Ratio(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";
}
