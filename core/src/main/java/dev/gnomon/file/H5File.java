package dev.gnomon.file;

import dev.gnomon.check.FormatException;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The bytes of an HDF5 file that is being read, with what keeps a hostile one in bounds: every access is checked, all
/// memory is drawn from a budget that depends on the file's size, every structure read costs a step, and a node of a
/// tree may be visited once only.
final class H5File {
    private static final long FREE_BYTES = 64L << 20;
    private static final long FREE_STEPS = 500_000;

    private final MemorySegment bytes;
    private final String name;
    private final Set<Long> visited = new HashSet<>();
    private final Map<Long, Map<Integer, H5Cursor>> heaps = new HashMap<>();
    private long memoryLeft;
    private long stepsLeft;

    /// Where in the tree the reader is, for messages.
    String path = "/";

    H5File(MemorySegment bytes, String name) {
        this.bytes = bytes;
        this.name = name;
        memoryLeft = FREE_BYTES + 64 * bytes.byteSize();
        stepsLeft = FREE_STEPS + bytes.byteSize() / 8;
    }

    long size() {
        return bytes.byteSize();
    }

    /// A cursor over `length` bytes at `address`.
    H5Cursor at(long address, long length) {
        if (address < 0 || length < 0 || address > size() || length > size() - address) {
            throw fault(
                    "%d bytes at position %d are outside the file of %d bytes; it is cut off or damaged",
                    length, address, size());
        }
        return new H5Cursor(this, bytes, address, address + length);
    }

    /// A cursor from `address` to the end of the file.
    H5Cursor at(long address) {
        return at(address, Math.max(0, size() - Math.max(0, address)));
    }

    /// A cursor over bytes that were unpacked from the file.
    H5Cursor over(byte[] unpacked) {
        return new H5Cursor(this, MemorySegment.ofArray(unpacked), 0, unpacked.length);
    }

    /// A cursor over the bytes of a node, which may be visited once: no loops, no node shared by two trees.
    H5Cursor once(long address, String what) {
        if (!visited.add(address)) {
            throw fault(
                    "the %s at position %d is linked a second time; loops and shared groups are refused",
                    what, address);
        }
        return at(address);
    }

    /// The bytes of an object in the global heap collection at `address`, or null.
    @Nullable H5Cursor heapObject(long address, int index) {
        Map<Integer, H5Cursor> objects = heaps.get(address);
        if (objects == null) {
            objects = readHeap(address);
            heaps.put(address, objects);
        }
        return objects.get(index);
    }

    private Map<Integer, H5Cursor> readHeap(long address) {
        H5Cursor head = at(address).signature("GCOL");
        head.version("global heap", 1, 1);
        H5Cursor in = at(address, head.skip(3).length()).skip(16);
        Map<Integer, H5Cursor> objects = new HashMap<>();
        while (in.left() >= 16) {
            step();
            int index = in.u16();
            long length = in.skip(6).length();
            if (index == 0) {
                break;
            }
            objects.put(index, in.part(length));
            in.align();
        }
        return objects;
    }

    /// A fresh array of a size declared by the file.
    byte[] allocate(long length) {
        if (length < 0 || length > Integer.MAX_VALUE - 8) {
            throw fault("%d bytes are declared, more than one array can hold (2 GiB)", length);
        }
        charge(length);
        return new byte[(int) length];
    }

    /// Takes unpacked bytes from the budget.
    void charge(long length) {
        memoryLeft -= length;
        if (memoryLeft < 0) {
            throw fault(
                    "the declared sizes are far larger than the file of %d bytes (%d bytes more asked for)",
                    size(), length);
        }
    }

    /// Pays for one structure.
    void step() {
        if (--stepsLeft < 0) {
            throw fault("it holds more structures than a file of %d bytes can", size());
        }
    }

    @SuppressWarnings("AnnotateFormatMethod")
    FormatException fault(String format, @Nullable Object... arguments) {
        return new FormatException(
                name
                        + ": at \""
                        + path
                        + "\": "
                        + String.format(Locale.ROOT, format, arguments)
                        + ".");
    }
}
