using System.Collections.Frozen;

namespace S3Toolkit.Transfers;

/// <summary>
/// Tells a content type from the extension of a name. The table is ours, so that the same file gets the same type on every machine.
/// </summary>
/// <remarks>Types as registered with IANA (media-types), or as browsers expect them where that differs.</remarks>
internal static class ContentTypes
{
    public const string Unknown = "application/octet-stream";

    private const string Table = """
        text/plain .txt .text .log .conf .ini .cfg .properties .env .diff .patch
        text/html .html .htm .xhtm
        text/css .css
        text/csv .csv
        text/tab-separated-values .tsv
        text/markdown .md .markdown .mdx
        text/javascript .js .mjs .cjs
        text/xml .xsl .xsd
        text/calendar .ics
        text/vcard .vcf
        text/vtt .vtt
        text/rtf .rtf
        text/x-python .py
        text/x-csharp .cs .csx
        text/x-java-source .java
        text/x-c .c .h .cc .cpp .cxx .hpp .hh
        text/x-go .go
        text/x-rust .rs
        text/x-typescript .tsx .mts .cts
        text/x-scss .scss .sass
        text/x-less .less
        text/x-sql .sql
        text/x-shellscript .sh .bash .zsh
        text/x-powershell .ps1 .psm1
        text/x-ruby .rb
        application/json .json .map .json5 .topojson
        application/ld+json .jsonld
        application/geo+json .geojson
        application/manifest+json .webmanifest
        application/x-ndjson .ndjson .jsonl
        application/xml .xml .csproj .props .targets .config .resx
        application/xhtml+xml .xhtml
        application/rss+xml .rss
        application/atom+xml .atom
        application/yaml .yaml .yml
        application/toml .toml
        application/graphql .graphql .gql
        application/wasm .wasm
        application/pdf .pdf
        application/postscript .ps .eps .ai
        application/epub+zip .epub
        application/x-mobipocket-ebook .mobi
        application/msword .doc .dot
        application/vnd.openxmlformats-officedocument.wordprocessingml.document .docx
        application/vnd.openxmlformats-officedocument.wordprocessingml.template .dotx
        application/vnd.ms-excel .xls .xlt
        application/vnd.openxmlformats-officedocument.spreadsheetml.sheet .xlsx
        application/vnd.ms-excel.sheet.macroenabled.12 .xlsm
        application/vnd.ms-powerpoint .ppt .pps
        application/vnd.openxmlformats-officedocument.presentationml.presentation .pptx
        application/vnd.openxmlformats-officedocument.presentationml.slideshow .ppsx
        application/vnd.oasis.opendocument.text .odt
        application/vnd.oasis.opendocument.spreadsheet .ods
        application/vnd.oasis.opendocument.presentation .odp
        application/vnd.visio .vsd .vsdx
        application/vnd.ms-outlook .msg
        message/rfc822 .eml .mht .mhtml
        application/mbox .mbox
        application/x-tex .tex .latex
        application/x-bibtex .bib
        application/zip .zip
        application/gzip .gz .tgz
        application/x-bzip2 .bz2 .tbz2
        application/x-xz .xz .txz
        application/zstd .zst .zstd
        application/x-lz4 .lz4
        application/x-brotli .br
        application/x-7z-compressed .7z
        application/vnd.rar .rar
        application/x-tar .tar
        application/x-cpio .cpio
        application/java-archive .jar .war .ear
        application/vnd.android.package-archive .apk
        application/vnd.debian.binary-package .deb
        application/x-rpm .rpm
        application/x-apple-diskimage .dmg
        application/x-iso9660-image .iso
        application/x-msdownload .exe .dll
        application/x-msi .msi
        application/x-sh .csh
        application/vnd.apache.parquet .parquet
        application/vnd.apache.arrow.file .arrow .feather
        application/vnd.apache.arrow.stream .arrows
        application/vnd.apache.avro .avro
        application/vnd.apache.orc .orc
        application/x-hdf5 .h5 .hdf5
        application/x-netcdf .nc
        application/x-protobuf .pb .proto
        application/vnd.sqlite3 .sqlite .sqlite3 .db
        application/vnd.google-earth.kml+xml .kml
        application/vnd.google-earth.kmz .kmz
        application/gpx+xml .gpx
        application/pkcs8 .p8
        application/x-pkcs12 .p12 .pfx
        application/x-x509-ca-cert .crt .cer .der
        application/x-pem-file .pem
        application/pgp-signature .sig .asc
        application/x-bittorrent .torrent
        application/vnd.apple.mpegurl .m3u8
        application/dash+xml .mpd
        application/x-subrip .srt
        application/sql .ddl
        image/jpeg .jpg .jpeg .jpe .jfif
        image/png .png
        image/apng .apng
        image/gif .gif
        image/webp .webp
        image/avif .avif
        image/heic .heic
        image/heif .heif
        image/jxl .jxl
        image/jp2 .jp2
        image/svg+xml .svg .svgz
        image/bmp .bmp .dib
        image/tiff .tif .tiff
        image/vnd.microsoft.icon .ico .cur
        image/vnd.adobe.photoshop .psd
        image/vnd.dxf .dxf
        image/vnd.djvu .djvu
        image/x-adobe-dng .dng
        image/x-canon-cr2 .cr2
        image/x-nikon-nef .nef
        image/x-portable-pixmap .ppm
        image/x-exr .exr
        image/vnd.radiance .hdr
        audio/mpeg .mp3 .mpga
        audio/mp4 .m4a .m4b
        audio/aac .aac
        audio/ogg .ogg .oga .opus
        audio/flac .flac
        audio/wav .wav
        audio/webm .weba
        audio/midi .mid .midi
        audio/aiff .aif .aiff
        audio/x-ms-wma .wma
        audio/amr .amr
        video/mp4 .mp4 .m4v .mp4v
        video/webm .webm
        video/ogg .ogv
        video/mpeg .mpeg .mpg .mpe
        video/quicktime .mov .qt
        video/x-msvideo .avi
        video/x-matroska .mkv
        video/x-ms-wmv .wmv
        video/x-flv .flv
        video/3gpp .3gp .3gpp
        video/mp2t .ts .m2ts .m2t
        font/woff .woff
        font/woff2 .woff2
        font/ttf .ttf
        font/otf .otf
        font/collection .ttc
        application/vnd.ms-fontobject .eot
        model/gltf+json .gltf
        model/gltf-binary .glb
        model/stl .stl
        model/obj .obj
        model/3mf .3mf
        model/vnd.usdz+zip .usdz
        """;

    private static readonly FrozenDictionary<string, string> ByExtension = Read(Table);

    /// <summary>How many extensions are known.</summary>
    public static int Count => ByExtension.Count;

    /// <summary>The type for the extension of a file name or a key; null when there is none that is known.</summary>
    public static string? Find(string? name)
    {
        if (string.IsNullOrEmpty(name)) return null;
        // Not Path.GetExtension: in a key a backslash is a letter like any other, whatever system this runs on.
        var last = name.AsSpan()[(name.LastIndexOf('/') + 1)..];
        var dot = last.LastIndexOf('.');
        return dot >= 0 && ByExtension.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(last[dot..], out var type) ? type : null;
    }

    private static FrozenDictionary<string, string> Read(string table)
    {
        var types = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var words = line.Split(' ');
            foreach (var extension in words.AsSpan(1)) types.Add(extension, words[0]);
        }

        return types.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
