package dev.gnomon.data;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The folder that holds the known data sets, each in a folder of its own name.
public final class DataFolder {
    /// The variable that names the folder where no argument does.
    public static final String VARIABLE = "GNOMON_DATA";

    private DataFolder() {}

    /// The data folder: the argument, else `GNOMON_DATA`, else `gnomon` in the user's cache folder. It need not exist.
    public static Path resolve(@Nullable Path argument) {
        return resolve(
                argument,
                System.getenv(),
                System.getProperty("os.name"),
                Path.of(System.getProperty("user.home")));
    }

    /// The folder for what is kept from run to run: `gnomon` in the user's cache folder. It need not exist.
    public static Path cache() {
        return resolve(
                null,
                Map.of(
                        "XDG_CACHE_HOME",
                        env("XDG_CACHE_HOME"),
                        "LOCALAPPDATA",
                        env("LOCALAPPDATA")),
                System.getProperty("os.name"),
                Path.of(System.getProperty("user.home")));
    }

    private static String env(String variable) {
        String value = System.getenv(variable);
        return value == null ? "" : value;
    }

    static Path resolve(
            @Nullable Path argument, Map<String, String> environment, String system, Path home) {
        if (argument != null) {
            return argument;
        }
        var named = path(environment, VARIABLE);
        return named != null
                ? named
                : cache(environment, system.toLowerCase(Locale.ROOT), home).resolve("gnomon");
    }

    private static Path cache(Map<String, String> environment, String system, Path home) {
        if (system.startsWith("windows")) {
            var local = path(environment, "LOCALAPPDATA");
            return local != null ? local : home.resolve("AppData").resolve("Local");
        }
        if (system.startsWith("mac")) {
            return home.resolve("Library").resolve("Caches");
        }
        var cache = path(environment, "XDG_CACHE_HOME");
        return cache != null && cache.isAbsolute() ? cache : home.resolve(".cache");
    }

    private static @Nullable Path path(Map<String, String> environment, String variable) {
        var value = environment.get(variable);
        return value == null || value.isBlank() ? null : Path.of(value);
    }
}
