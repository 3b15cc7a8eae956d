package dev.gnomon.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/// Files and trees that several tests use.
final class Fixtures {
    private Fixtures() {}

    /// A file beside the tests, made by `make_fixtures.py`.
    static byte[] resource(String name) {
        try (InputStream in =
                Objects.requireNonNull(Fixtures.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A folder of the shared test data; the test is skipped where they are not there.
    static Path data(String folder) {
        String root = System.getenv("GNOMON_DATA");
        Assumptions.assumeTrue(
                root != null, "GNOMON_DATA does not name the folder of the shared test data");
        return Path.of(Objects.requireNonNull(root), folder);
    }

    /// A small tree with the forms that a Keras file has.
    static H5Group tree() {
        return new H5Builder()
                .put("layers/dense/vars/0", H5Array.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3))
                .put("layers/dense/vars/1", H5Array.of(new float[3], 3))
                .attribute("layers/dense/vars", "name", H5Text.of("hidden"))
                .attribute("layers/flatten/vars", "name", H5Text.of("flat"))
                .put("optimizer/vars/0", H5Array.of(new long[] {5}))
                .put("optimizer/vars/1", H5Array.of(new float[] {0.001f}))
                .attribute("vars", "name", H5Text.of("net"))
                .build();
    }
}
