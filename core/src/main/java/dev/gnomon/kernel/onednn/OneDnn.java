package dev.gnomon.kernel.onednn;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.gnomon.check.NativeException;
import dev.gnomon.kernel.Element;
import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/// The C functions of oneDNN that kernels use. The library comes with the JavaCPP preset, which unpacks and loads it; the
/// calls go through the foreign function interface, where they cost a few nanoseconds and allocate nothing. Pointers are
/// passed as `long`.
@SuppressWarnings("restricted")
final class OneDnn {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup LIBRARY = load("libdnnl.so.3", "libdnnl.3.dylib", "dnnl.dll");
    private static final @Nullable MethodHandle OMP_SET_NUM_THREADS = openMp();

    private static final @Nullable MethodHandle MALLOC_TRIM = mallocTrim();

    private static final MethodHandle EXECUTE = handle("dnnl_primitive_execute", "LLIL");
    private static final MethodHandle SET_DATA = handle("dnnl_memory_set_data_handle", "LL");
    private static final ThreadLocal<Boolean> SINGLE_THREADED =
            ThreadLocal.withInitial(() -> false);

    private static final Map<Integer, String> ISA_NAMES =
            Map.of(
                    0x0, "any instructions",
                    0x1, "SSE4.1",
                    0x3, "AVX",
                    0x7, "AVX2",
                    0xf, "AVX2 with VNNI",
                    0x27, "AVX-512",
                    0x67, "AVX-512 with VNNI",
                    0xe7, "AVX-512 with BF16",
                    0x1ef, "AVX-512 with FP16",
                    0xfef, "AVX-512 with AMX");

    private static final int AVX512 = 0x27;
    private static final boolean HAS_AVX512 =
            (call("dnnl_get_effective_cpu_isa", "") & AVX512) == AVX512;

    private static final int LAST_REACHED = 4;
    private static final int BF16 = 2;
    private static final int F32 = 3;
    private static final int CPU = 1;
    private static final int MAX_DIMS = 12;

    /// The one CPU engine of the process.
    static final long ENGINE = create("dnnl_engine_create", "LIL", CPU, 0L);

    private OneDnn() {}

    private static SymbolLookup load(String... names) {
        String loaded;
        try {
            loaded = Loader.load(dnnl.class);
        } catch (LinkageError | RuntimeException fault) {
            throw new NativeException(
                    "oneDNN's library for "
                            + System.getProperty("os.name")
                            + " "
                            + System.getProperty("os.arch")
                            + " could not be loaded: "
                            + fault.getMessage()
                            + ". Add the dnnl-platform artifact with its natives to the class path, or use the reference"
                            + " kernels.",
                    fault);
        }
        Path folder = folderOf(loaded);
        for (String name : names) {
            Path file = folder.resolve(name);
            if (Files.exists(file)) {
                return SymbolLookup.libraryLookup(file, Arena.global());
            }
        }
        throw new NativeException(
                "oneDNN's library was not found in " + folder + File.separator + ".");
    }

    /// The version, and the instructions in use by oneDNN's names for them.
    static String description() {
        var version = dnnl.dnnl_version();
        int isa = dnnl.dnnl_get_effective_cpu_isa();
        String name = ISA_NAMES.getOrDefault(isa, "instruction set 0x" + Integer.toHexString(isa));
        return "oneDNN %d.%d.%d, %s"
                .formatted(version.major(), version.minor(), version.patch(), name);
    }

    private static Path folderOf(String file) {
        Path absolute = Path.of(file).toAbsolutePath();
        Path folder = absolute.getParent();
        return folder == null ? absolute : folder;
    }

    private static @Nullable MethodHandle openMp() {
        Path folder = folderOf(Loader.load(dnnl.class));
        for (String name :
                new String[] {
                    "libgomp.so.1",
                    "libiomp5.so",
                    "libiomp5.dylib",
                    "libomp.dylib",
                    "libiomp5md.dll"
                }) {
            Path file = folder.resolve(name);
            if (Files.exists(file)) {
                var found =
                        SymbolLookup.libraryLookup(file, Arena.global())
                                .find("omp_set_num_threads");
                if (found.isPresent()) {
                    return LINKER.downcallHandle(found.get(), FunctionDescriptor.ofVoid(JAVA_INT));
                }
            }
        }
        return null;
    }

    /// Makes oneDNN run on the calling thread alone; parallelism belongs to the plan.
    static void useOneThread() {
        if (OMP_SET_NUM_THREADS != null && !SINGLE_THREADED.get()) {
            try {
                OMP_SET_NUM_THREADS.invokeExact(1);
            } catch (Throwable fault) {
                throw new AssertionError(fault);
            }
            SINGLE_THREADED.set(true);
        }
    }

    /// Gives memory that was freed back to the system, where the C library can; it keeps it otherwise.
    static void returnFreedMemory() {
        if (MALLOC_TRIM != null) {
            try {
                int _ = (int) MALLOC_TRIM.invokeExact(0L);
            } catch (Throwable fault) {
                throw new AssertionError(fault);
            }
        }
    }

    private static @Nullable MethodHandle mallocTrim() {
        return LINKER.defaultLookup()
                .find("malloc_trim")
                .map(found ->
                        LINKER.downcallHandle(found, FunctionDescriptor.of(JAVA_INT, JAVA_LONG)))
                .orElse(null);
    }

    /// A handle for a function that returns a status; `L` is a pointer or a 64-bit number, `I` an int, `F` a float.
    static MethodHandle handle(String name, String parameters) {
        MemorySegment symbol =
                LIBRARY.find(name)
                        .orElseThrow(
                                () -> new NativeException("oneDNN has no function " + name + "."));
        MemoryLayout[] layouts = new MemoryLayout[parameters.length()];
        for (int i = 0; i < layouts.length; i++) {
            layouts[i] =
                    switch (parameters.charAt(i)) {
                        case 'I' -> JAVA_INT;
                        case 'F' -> JAVA_FLOAT;
                        default -> JAVA_LONG;
                    };
        }
        return LINKER.downcallHandle(symbol, FunctionDescriptor.of(JAVA_INT, layouts));
    }

    /// Calls a function that is not on the way of a step.
    static int call(String name, String parameters, Object... arguments) {
        try {
            return (int) handle(name, parameters).invokeWithArguments(arguments);
        } catch (NativeException fault) {
            throw fault;
        } catch (Throwable fault) {
            throw new AssertionError(name, fault);
        }
    }

    static void check(int status, String what) {
        if (status != 0) {
            throw new NativeException("oneDNN refused " + what + " with status " + status + ".");
        }
    }

    /// Calls a function whose first argument receives the pointer of what it makes; 0 where it is not supported.
    static long tryCreate(String name, String parameters, Object... arguments) {
        useOneThread(); // primitives divide their work when they are made
        try (var arena = Arena.ofConfined()) {
            MemorySegment result = arena.allocate(JAVA_LONG);
            Object[] all = new Object[arguments.length + 1];
            all[0] = result.address();
            System.arraycopy(arguments, 0, all, 1, arguments.length);
            int status = call(name, parameters, all);
            return status == 0 ? result.get(JAVA_LONG, 0) : 0;
        }
    }

    static long create(String name, String parameters, Object... arguments) {
        long made = tryCreate(name, parameters, arguments);
        if (made == 0) {
            throw new NativeException("oneDNN refused " + name + ".");
        }
        return made;
    }

    static long stream() {
        return create("dnnl_stream_create", "LLI", ENGINE, 1);
    }

    static MemorySegment dims(Arena arena, long... values) {
        MemorySegment segment = arena.allocate(JAVA_LONG, MAX_DIMS);
        for (int i = 0; i < values.length; i++) {
            segment.setAtIndex(JAVA_LONG, i, values[i]);
        }
        return segment;
    }

    private static int type(Element element) {
        return switch (element) {
            case FLOAT32 -> F32;
            case BFLOAT16 -> BF16;
        };
    }

    /// A description of memory with explicit strides.
    static long strided(Element element, long[] dims, long[] strides) {
        try (var arena = Arena.ofConfined()) {
            return create(
                    "dnnl_memory_desc_create_with_strides",
                    "LILIL",
                    dims.length,
                    dims(arena, dims).address(),
                    type(element),
                    dims(arena, strides).address());
        }
    }

    /// A description of memory whose layout the primitive chooses.
    static long any(Element element, long... dims) {
        try (var arena = Arena.ofConfined()) {
            return create(
                    "dnnl_memory_desc_create_with_tag",
                    "LILII",
                    dims.length,
                    dims(arena, dims).address(),
                    type(element),
                    1);
        }
    }

    /// The bytes that memory of a description takes.
    static long size(long description) {
        try {
            var symbol = LIBRARY.find("dnnl_memory_desc_get_size").orElseThrow();
            return (long)
                    LINKER.downcallHandle(symbol, FunctionDescriptor.of(JAVA_LONG, JAVA_LONG))
                            .invokeExact(description);
        } catch (Throwable fault) {
            throw new AssertionError(fault);
        }
    }

    static boolean equal(long description, long other) {
        return call("dnnl_memory_desc_equal", "LL", description, other) != 0;
    }

    /// A description that a primitive's description holds; owned by it.
    static long query(long primitiveDescription, int what) {
        try {
            var symbol = LIBRARY.find("dnnl_primitive_desc_query_md").orElseThrow();
            return (long)
                    LINKER.downcallHandle(
                                    symbol,
                                    FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT))
                            .invokeExact(primitiveDescription, what, 0);
        } catch (Throwable fault) {
            throw new AssertionError(fault);
        }
    }

    /// The name of the implementation that was chosen, such as `brg_conv_fwd:avx512_core`.
    static String implementation(long primitiveDescription) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment result = arena.allocate(JAVA_LONG);
            call("dnnl_primitive_desc_query", "LIIL", primitiveDescription, 8, 0, result.address());
            long text = result.get(JAVA_LONG, 0);
            return text == 0 ? "?" : MemorySegment.ofAddress(text).reinterpret(256).getString(0);
        }
    }

    /// Whether oneDNN chose AVX2 code on a processor with AVX-512, as it does for products with an inner axis of 32.
    static boolean isBelowAvx512(long primitiveDescription) {
        return HAS_AVX512 && implementation(primitiveDescription).endsWith(":avx2");
    }

    /// Goes on to the next implementation; says whether there is one.
    static boolean next(long primitiveDescription) {
        int status = call("dnnl_primitive_desc_next_impl", "L", primitiveDescription);
        check(status == LAST_REACHED ? 0 : status, "another implementation");
        return status == 0;
    }

    /// Whether products of bfloat16 numbers can be computed here.
    static boolean multipliesBfloat16() {
        long matrix = strided(Element.BFLOAT16, new long[] {32, 32}, new long[] {32, 1});
        long made =
                tryCreate(
                        "dnnl_matmul_primitive_desc_create",
                        "LLLLLLL",
                        ENGINE,
                        matrix,
                        matrix,
                        0L,
                        matrix,
                        0L);
        if (made != 0) {
            destroy("dnnl_primitive_desc_destroy", made);
        }
        destroy("dnnl_memory_desc_destroy", matrix);
        return made != 0;
    }

    static void execute(long primitive, long stream, int count, long arguments) {
        int status;
        try {
            status = (int) EXECUTE.invokeExact(primitive, stream, count, arguments);
        } catch (Throwable fault) {
            throw new AssertionError(fault);
        }
        check(status, "to run a primitive");
    }

    static void setData(long memory, long address) {
        try {
            int _ = (int) SET_DATA.invokeExact(memory, address);
        } catch (Throwable fault) {
            throw new AssertionError(fault);
        }
    }

    static void destroy(String function, long handle) {
        call(function, "L", handle);
    }
}
