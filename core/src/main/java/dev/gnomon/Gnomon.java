package dev.gnomon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/// What is true of the library as a whole.
public final class Gnomon {
    private Gnomon() {}

    /// The version of the library, such as `0.1.0`.
    public static String version() {
        return Version.TEXT;
    }

    /// Read at the first call and not when [Gnomon] is loaded.
    private static final class Version {
        static final String TEXT = read();

        private static String read() {
            try (var in = Gnomon.class.getResourceAsStream("version.properties")) {
                if (in == null) {
                    throw new AssertionError("The jar lacks dev/gnomon/version.properties.");
                }
                var properties = new Properties();
                properties.load(in);
                return properties.getProperty("version", "unknown");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
