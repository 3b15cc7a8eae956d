package dev.gnomon.data;

import static dev.gnomon.check.Check.config;

import dev.gnomon.check.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.nio.channels.FileChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// Fetches the files of known data sets into a data folder.
///
/// Files that are there and right are left alone. A download that broke off is taken up again where it ended. A file takes
/// its name only when it is right, so what has a name is whole. From an archive only the known files are taken, each under
/// its known name; then the archive is removed.
public final class DataFetch {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KnownDataSet set;
    private final Path dataFolder;
    private final Listener listener;
    private final Duration patience;

    /// Told how far a fetch is.
    @FunctionalInterface
    public interface Listener {
        /// So many bytes of a file have come.
        ///
        /// @param total its size, or -1 where the server does not tell
        void progress(Path file, long done, long total);
    }

    private DataFetch(KnownDataSet set, Path dataFolder, Duration patience, Listener listener) {
        this.set = set;
        this.dataFolder = dataFolder;
        this.patience = patience;
        this.listener = listener;
    }

    /// Fetches what is missing or wrong, and gives what was found in the end. What no address has is told by an
    /// [UncheckedIOException] with the answer of each.
    public static List<FileCheck> fetch(KnownDataSet set, Path dataFolder, Listener listener) {
        return fetch(set, dataFolder, PATIENCE, listener);
    }

    static List<FileCheck> fetch(
            KnownDataSet set, Path dataFolder, Duration patience, Listener listener) {
        return new DataFetch(set, dataFolder, patience, listener).run();
    }

    private List<FileCheck> run() {
        Path folder = set.folder(dataFolder);
        try {
            Files.createDirectories(folder);
            try (var channel =
                            FileChannel.open(
                                    folder.resolve(".fetch.lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    var lock = channel.tryLock()) {
                if (lock == null) {
                    throw new DataException(
                            folder + ": another process is fetching this set; wait for it.");
                }
                try {
                    fetchAll(folder);
                } finally {
                    Files.deleteIfExists(folder.resolve(".fetch.lock"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    folder + ": cannot be written into: " + AtomicFile.reason(e) + ".", e);
        }
        return set.verify(dataFolder);
    }

    private void fetchAll(Path folder) throws IOException {
        try (var client =
                HttpClient.newBuilder()
                        .connectTimeout(patience)
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .build()) {
            var download = new Download(client, patience, listener);
            var archive = set.archive();
            if (archive != null) {
                if (isWhole()) {
                    return;
                }
                fetchArchive(archive, folder, download);
                return;
            }
            for (KnownFile file : set.files()) {
                if (!file.check(set.find(file, dataFolder), folder).isRight()) {
                    download.fetch(
                            new Download.Wanted(
                                    folder.resolve(file.name()), file.bytes(), file.sha256()),
                            addresses(file.name()));
                }
            }
        }
    }

    private boolean isWhole() {
        return set.isUnpackedIn(dataFolder)
                && set.verify(dataFolder).stream().allMatch(FileCheck::isRight);
    }

    private List<URI> addresses(String name) {
        return set.sources().stream()
                .map(source -> {
                    config(
                            source.matches("https?://.+/"),
                            "Data: a source must be a web address that ends in a slash, but is %s.",
                            source);
                    return URI.create(source + name);
                })
                .toList();
    }

    /// An archive that was there already, whole or not, may be another one: then it is fetched once more.
    private void fetchArchive(KnownArchive archive, Path folder, Download download)
            throws IOException {
        Path file = folder.resolve(archive.name());
        if (Files.exists(file)) {
            try {
                unpack(file, folder);
                return;
            } catch (DataException _) {
                Files.delete(file);
            }
        }
        download.fetch(new Download.Wanted(file, -1, null), addresses(archive.name()));
        try {
            unpack(file, folder);
        } catch (DataException e) {
            Files.delete(file);
            throw new UncheckedIOException(
                    e.getMessage() + " What was fetched has been removed.", new IOException(e));
        }
    }

    private void unpack(Path archive, Path folder) throws IOException {
        Set<KnownFile> seen = new HashSet<>();
        Tar.read(
                archive,
                (entry, size, in) -> {
                    var file = set.member(entry);
                    if (file != null && seen.add(file)) {
                        unpack(archive, file, size, in, folder);
                    }
                });
        for (KnownFile file : set.files()) {
            if (!seen.contains(file)) {
                throw new DataException(archive + ": lacks " + file.name() + ".");
            }
        }
        Files.delete(archive);
    }

    private static void unpack(
            Path archive, KnownFile file, long size, InputStream in, Path folder) {
        if (size != file.unpackedBytes()) {
            throw new DataException(
                    archive
                            + ": "
                            + file.name()
                            + " in it has "
                            + size
                            + " bytes, but should have "
                            + file.unpackedBytes()
                            + ".");
        }
        AtomicFile.write(
                folder.resolve(file.name()),
                out -> {
                    var digest = Digest.algorithm();
                    byte[] chunk = new byte[1 << 16];
                    for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                        digest.update(chunk, 0, read);
                        out.write(chunk, 0, read);
                    }
                    String found = HexFormat.of().formatHex(digest.digest());
                    String wanted = file.unpackedSha256();
                    if (wanted != null && !found.equals(wanted)) {
                        throw new DataException(
                                archive
                                        + ": "
                                        + file.name()
                                        + " in it has SHA-256 "
                                        + found
                                        + ", but should have "
                                        + wanted
                                        + ".");
                    }
                });
    }

    /// Why a server could not be asked, in a few words.
    static String reason(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException
                    || cause instanceof UnresolvedAddressException) {
                return "there is no such server, or no network";
            }
        }
        return switch (e) {
            case HttpTimeoutException _ -> "the server does not answer";
            case ConnectException _ -> "no connection to the server";
            default -> AtomicFile.reason(e);
        };
    }
}
