package dev.gnomon.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Fetches one file from the first of several addresses that has it whole.
///
/// The bytes go to `<name>.part`, which a later try goes on with. The file takes its name only when its length and its
/// SHA-256, where they are known, are right.
final class Download {
    private static final int TRIES = 3;
    private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");

    private final HttpClient client;
    private final Duration patience;
    private final DataFetch.Listener listener;

    /// @param patience how long a server may give nothing
    Download(HttpClient client, Duration patience, DataFetch.Listener listener) {
        this.client = client;
        this.patience = patience;
        this.listener = listener;
    }

    /// What is wanted.
    ///
    /// @param bytes the size, or -1 where it is not known
    /// @param sha256 the SHA-256, or null where it is not known
    record Wanted(Path file, long bytes, @Nullable String sha256) {
        Path part() {
            return file.resolveSibling(file.getFileName() + ".part");
        }
    }

    /// The answer of a server is not what was asked for; another one may do better.
    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /// Nothing can be written: no other address would help.
    private static final class Unwritable extends IOException {
        private static final long serialVersionUID = 1L;

        Unwritable(Path file, IOException cause) {
            super(file + " cannot be written: " + AtomicFile.reason(cause), cause);
        }
    }

    /// Fetches the file; an [UncheckedIOException] that tells what each address answered if none has it.
    void fetch(Wanted wanted, List<URI> addresses) {
        List<String> faults = new ArrayList<>();
        for (URI address : addresses) {
            try {
                fetch(wanted, address);
                return;
            } catch (Unwritable e) {
                throw new UncheckedIOException(e.getMessage() + ".", e);
            } catch (IOException e) {
                faults.add(address + ": " + DataFetch.reason(e));
            }
        }
        boolean begun = Files.exists(wanted.part());
        throw new UncheckedIOException(
                String.valueOf(wanted.file().getFileName())
                        + " could not be fetched. "
                        + String.join("; ", faults)
                        + "."
                        + (begun
                                ? " What has come is kept in "
                                        + wanted.part()
                                        + "; the same command goes on with it."
                                : ""),
                new IOException(String.join("; ", faults)));
    }

    /// Goes on as long as each try brings more.
    private void fetch(Wanted wanted, URI address) throws IOException {
        for (int left = TRIES; ; ) {
            long before = size(wanted.part());
            try {
                receive(wanted, address);
                check(wanted, before > 0);
                Files.move(
                        wanted.part(),
                        wanted.file(),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
                return;
            } catch (Stale _) {
                // The part was of another file: once more from the start.
            } catch (Refused | Unwritable e) {
                throw e;
            } catch (IOException e) {
                left = size(wanted.part()) > before ? TRIES : left - 1;
                if (left == 0) {
                    throw e;
                }
            }
        }
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /// What an earlier try left does not belong to this file.
    private static final class Stale extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static void check(Wanted wanted, boolean resumed) throws IOException {
        long bytes = Files.size(wanted.part());
        var digest = Digest.of(Files.newInputStream(wanted.part()), Long.MAX_VALUE);
        String fault =
                wanted.bytes() >= 0 && bytes != wanted.bytes()
                        ? "gave " + bytes + " bytes, but the file has " + wanted.bytes()
                        : wanted.sha256() != null && !digest.sha256().equals(wanted.sha256())
                                ? "gave a file with SHA-256 "
                                        + digest.sha256()
                                        + ", but it should have "
                                        + wanted.sha256()
                                : null;
        if (fault != null) {
            Files.delete(wanted.part());
            if (resumed) {
                throw new Stale();
            }
            throw new Refused(fault);
        }
    }

    private void receive(Wanted wanted, URI address) throws IOException {
        long have = size(wanted.part());
        var request = HttpRequest.newBuilder(address).timeout(patience);
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
        }
        HttpResponse<InputStream> response;
        try {
            response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unwritable(wanted.part(), new IOException("interrupted", e));
        } catch (IllegalArgumentException e) {
            throw new Refused("is no address of a server: " + e.getMessage());
        }
        try (var in = response.body()) {
            long from = start(wanted, have, response);
            long rest = length(response).orElse(-1);
            long total = wanted.bytes() >= 0 ? wanted.bytes() : rest < 0 ? -1 : from + rest;
            if (rest >= 0 && wanted.bytes() >= 0 && from + rest != wanted.bytes()) {
                throw new Refused(
                        "offers " + (from + rest) + " bytes, but the file has " + wanted.bytes());
            }
            copy(in, wanted, from, total, rest);
        }
    }

    private static OptionalLong length(HttpResponse<?> response) {
        return response.headers().firstValueAsLong("Content-Length");
    }

    /// From which byte on the answer is, or an exception.
    private static long start(Wanted wanted, long have, HttpResponse<?> response)
            throws IOException {
        int status = response.statusCode();
        if (status == 200) {
            return 0;
        }
        if (have > 0 && status == 206) {
            var range = RANGE.matcher(response.headers().firstValue("Content-Range").orElse(""));
            if (range.matches() && range.group(1).equals(String.valueOf(have))) {
                return have;
            }
        }
        if (have > 0 && (status == 416 || status == 206)) {
            Files.delete(wanted.part());
            throw new Stale();
        }
        throw new Refused("answers with status " + status);
    }

    private void copy(InputStream in, Wanted wanted, long from, long total, long rest)
            throws IOException {
        long at = from;
        byte[] chunk = new byte[1 << 16];
        try (var watch = new Watch(in, patience);
                var out =
                        from > 0
                                ? Files.newOutputStream(wanted.part(), StandardOpenOption.APPEND)
                                : create(wanted.part())) {
            while (true) {
                int read = read(watch, chunk, at, total);
                if (read < 0) {
                    break;
                }
                if (total >= 0 && at + read > total) {
                    throw new Refused("gives more than the " + total + " bytes of the file");
                }
                write(out, chunk, read, wanted.part());
                at += read;
                listener.progress(wanted.file(), at, total);
            }
        }
        if (rest >= 0 && at < from + rest) {
            throw ended(at, total, null);
        }
    }

    private static int read(Watch watch, byte[] chunk, long at, long total) throws IOException {
        try {
            return watch.read(chunk);
        } catch (IOException e) {
            throw watch.silent ? e : ended(at, total, e);
        }
    }

    private static IOException ended(long at, long total, @Nullable IOException cause) {
        return new IOException(
                "the connection ended after "
                        + at
                        + (total < 0 ? " bytes" : " of " + total + " bytes"),
                cause);
    }

    private static OutputStream create(Path part) throws IOException {
        try {
            return Files.newOutputStream(part);
        } catch (IOException e) {
            throw new Unwritable(part, e);
        }
    }

    private static void write(OutputStream out, byte[] chunk, int count, Path part)
            throws IOException {
        try {
            out.write(chunk, 0, count);
        } catch (IOException e) {
            throw new Unwritable(part, e);
        }
    }

    /// Closes a stream that has given nothing for too long.
    private static final class Watch implements AutoCloseable {
        private final InputStream in;
        private final Duration patience;
        private final Thread thread;
        private volatile long last = System.nanoTime();
        private volatile boolean silent;

        Watch(InputStream in, Duration patience) {
            this.in = in;
            this.patience = patience;
            thread = Thread.ofVirtual().name("gnomon-download-watch").start(this::watch);
        }

        private void watch() {
            try {
                while (System.nanoTime() - last < patience.toNanos()) {
                    Thread.sleep(patience.dividedBy(4));
                }
                silent = true;
                in.close();
            } catch (InterruptedException | IOException _) {
                // It is over.
            }
        }

        int read(byte[] chunk) throws IOException {
            try {
                int read = in.read(chunk);
                last = System.nanoTime();
                return read;
            } catch (IOException e) {
                throw silent
                        ? new IOException(
                                "the server gave nothing for " + patience.toSeconds() + " s", e)
                        : e;
            }
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }
}
