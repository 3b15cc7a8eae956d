package dev.gnomon.cli;

import dev.gnomon.kernel.onednn.OneDnnKernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the operating system tells of machine and process; on systems that do not tell, it says so.
final class Machine {
    private static final List<String> INSTRUCTIONS =
            List.of(
                    "sse4_2",
                    "avx",
                    "avx2",
                    "fma",
                    "avx512f",
                    "avx512_vnni",
                    "avx512_bf16",
                    "avx512_fp16",
                    "amx_bf16",
                    "asimd",
                    "bf16");

    private Machine() {}

    /// The most memory that the process had at once, in megabytes of 10^6 bytes; -1 where it is not told.
    static double peakResidentMegabytes() {
        double kilobytes = number(Path.of("/proc/self/status"), "VmHWM:");
        return kilobytes < 0 ? -1 : kilobytes * 1024 / 1e6;
    }

    /// The machine's memory in gigabytes of 10^9 bytes; -1 where it is not told.
    static double memoryGigabytes() {
        double kilobytes = number(Path.of("/proc/meminfo"), "MemTotal:");
        return kilobytes < 0 ? -1 : kilobytes * 1024 / 1e9;
    }

    private static double number(Path file, String name) {
        for (String line : lines(file)) {
            if (line.startsWith(name)) {
                return Double.parseDouble(line.substring(name.length()).strip().split(" ", -1)[0]);
            }
        }
        return -1;
    }

    /// The instructions that matter to the kernels.
    static String instructions() {
        for (String line : lines(Path.of("/proc/cpuinfo"))) {
            if (line.startsWith("flags") || line.startsWith("Features")) {
                Set<String> flags = new TreeSet<>(Arrays.asList(line.split("[\\s:]+", -1)));
                return String.join(" ", INSTRUCTIONS.stream().filter(flags::contains).toList());
            }
        }
        return "";
    }

    static String processor() {
        for (String line : lines(Path.of("/proc/cpuinfo"))) {
            if (line.startsWith("model name")) {
                return line.substring(line.indexOf(':') + 1).strip();
            }
        }
        return System.getProperty("os.arch", "unknown");
    }

    /// Why oneDNN cannot be used here, or null where it can.
    static @Nullable String nativeTrouble() {
        try {
            OneDnnKernels.load();
            return null;
        } catch (RuntimeException | LinkageError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return String.valueOf(cause.getMessage());
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }
}
