package dev.gnomon.kernel.avx512;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.gnomon.check.NativeException;
import dev.gnomon.kernel.Frame;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Functions of machine code that an [Assembler] wrote, in memory that the processor may run. Equal functions are kept once
/// and for as long as the process lives. Those of programs get addresses and numbers with each call, so there are few; those
/// of convolutions have sizes in them, about ten pages for each shape.
@SuppressWarnings("restricted")
public final class MachineCode {
    /// The bytes of a slot of the table that a function is called with.
    public static final int SLOT = 8;

    private static final int READ = 1;
    private static final int WRITE = 2;
    private static final int EXECUTE = 4;
    private static final int PRIVATE_ANONYMOUS = 0x22;
    private static final Set<String> INSTRUCTIONS = instructions();

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle RUN =
            LINKER.downcallHandle(FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_INT));

    /// A function that does nothing: where it may run, others may too.
    private static final byte[] RETURN = {(byte) 0xC3};

    private static final boolean SUPPORTED =
            isLinux() && hasInstructions("avx512f", "avx512bw", "avx512dq", "avx512vl");
    private static final Map<ByteBuffer, MachineCode> KNOWN = new ConcurrentHashMap<>();

    private final MemorySegment entry;

    private MachineCode(MemorySegment entry) {
        this.entry = entry;
    }

    /// Whether this processor and system can run such code: Linux on x86-64 with AVX-512 F, BW, DQ and VL.
    public static boolean isSupported() {
        return of(RETURN) != null;
    }

    private static boolean isLinux() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return system.contains("linux") && System.getProperty("os.arch").equals("amd64");
    }

    /// Whether the processor has instructions, by the names that Linux has for them.
    public static boolean hasInstructions(String... names) {
        return INSTRUCTIONS.containsAll(List.of(names));
    }

    private static Set<String> instructions() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("flags"))
                    .findFirst()
                    .map(line -> Set.copyOf(List.of(line.split("\\s+"))))
                    .orElse(Set.of());
        } catch (IOException | java.io.UncheckedIOException fault) {
            return Set.of();
        }
    }

    /// The function of these bytes; null where the system does not let a process write code for itself.
    public static @Nullable MachineCode of(byte[] code) {
        return SUPPORTED ? KNOWN.computeIfAbsent(ByteBuffer.wrap(code), _ -> load(code)) : null;
    }

    /// The same for one who knows that the machine runs such code.
    public static MachineCode required(byte[] code) {
        MachineCode made = of(code);
        if (made == null) {
            throw new NativeException(
                    "The system gave no memory for %d bytes of machine code; it gave some before. Are there too many processes, or limits on memory maps?"
                            .formatted(code.length));
        }
        return made;
    }

    private static @Nullable MachineCode load(byte[] code) {
        try {
            var map =
                    LINKER.downcallHandle(
                            LINKER.defaultLookup().find("mmap").orElseThrow(),
                            FunctionDescriptor.of(
                                    JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT,
                                    JAVA_LONG));
            var protect =
                    LINKER.downcallHandle(
                            LINKER.defaultLookup().find("mprotect").orElseThrow(),
                            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
            long length = code.length;
            long address =
                    (long) map.invokeExact(0L, length, READ | WRITE, PRIVATE_ANONYMOUS, -1, 0L);
            if (address == -1) {
                return null;
            }
            MemorySegment memory = MemorySegment.ofAddress(address).reinterpret(length);
            MemorySegment.copy(code, 0, memory, ValueLayout.JAVA_BYTE, 0, code.length);
            int status = (int) protect.invokeExact(address, length, READ | EXECUTE);
            return status == 0 ? new MachineCode(memory) : null;
        } catch (Throwable fault) {
            throw new AssertionError(fault);
        }
    }

    /// Writes an address or a number into a slot of the table that a function is called with.
    public static void put(long table, int slot, long value) {
        Frame.MEMORY.set(JAVA_LONG, table + (long) SLOT * slot, value);
    }

    /// Runs the function; who wrote it says what it takes.
    public void run(long table, long bytes, int mask) {
        try {
            RUN.invokeExact(entry, table, bytes, mask);
        } catch (Throwable fault) {
            throw new AssertionError(fault);
        }
    }
}
