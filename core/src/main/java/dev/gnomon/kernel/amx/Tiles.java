package dev.gnomon.kernel.amx;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.gnomon.kernel.avx512.MachineCode;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;

/// The processor's tiles: whether this process may use them, and how they are set up.
final class Tiles {
    /// Rows of a tile.
    static final int ROWS = 16;

    /// Bytes of a tile's row.
    static final int ROW_BYTES = 64;

    /// Bytes of a tile.
    static final int BYTES = ROWS * ROW_BYTES;

    /// How many numbers of the inner axis a tile holds: 32 bfloat16 ones.
    static final int INNER = 32;

    /// The slots of a table that tell the processor how large its tiles are: all of 16 rows of 64 bytes.
    static final int SETUP_SLOT = 64;

    /// The setup: palette 1, then the bytes of a row and the rows of each of the eight tiles.
    private static final long[] SETUP = {
        1, 0, 0x0040_0040_0040_0040L, 0x0040_0040_0040_0040L, 0, 0, 0x1010_1010_1010_1010L, 0
    };

    private static final long ARCH_PRCTL = 158;
    private static final long REQUEST_PERMISSION = 0x1023;
    private static final long TILE_DATA = 18;

    private static final boolean SUPPORTED =
            MachineCode.isSupported()
                    && MachineCode.hasInstructions("amx_tile", "amx_bf16", "avx512_bf16")
                    && mayUseTiles();

    private Tiles() {}

    /// Whether the processor has tiles and the system lets this process use them.
    static boolean areSupported() {
        return SUPPORTED;
    }

    /// The system keeps the tiles of those processes only that ask for it.
    @SuppressWarnings("restricted")
    private static boolean mayUseTiles() {
        Linker linker = Linker.nativeLinker();
        var syscall = linker.defaultLookup().find("syscall");
        if (syscall.isEmpty()) {
            return false;
        }
        try {
            var call =
                    linker.downcallHandle(
                            syscall.get(),
                            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                            Linker.Option.firstVariadicArg(1));
            return (long) call.invokeExact(ARCH_PRCTL, REQUEST_PERMISSION, TILE_DATA) == 0;
        } catch (Throwable fault) {
            throw new AssertionError(fault);
        }
    }

    /// Writes the setup into a table.
    static void writeSetup(long table) {
        for (int i = 0; i < SETUP.length; i++) {
            MachineCode.put(table, SETUP_SLOT + i, SETUP[i]);
        }
    }
}
