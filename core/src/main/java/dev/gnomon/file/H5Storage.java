package dev.gnomon.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// Gathers the raw bytes of a dataset in an HDF5 file: compact, in one piece, or in chunks, which may be deflated,
/// shuffled and followed by a Fletcher sum.
final class H5Storage {
    private static final int DEFLATE = 1;
    private static final int SHUFFLE = 2;
    private static final int FLETCHER = 3;
    private static final int MOST_FILTERS = 8;

    private final H5File file;
    private final int[] dims;
    private final int elementSize;
    private final byte[] target;
    private List<Integer> filters = List.of();
    private int[] chunk = new int[0];
    private int chunkBytes;

    private H5Storage(H5File file, int[] dims, int elementSize, byte[] target) {
        this.file = file;
        this.dims = dims;
        this.elementSize = elementSize;
        this.target = target;
    }

    /// The bytes of the dataset with this header, in row order.
    static byte[] read(H5File file, H5Header header, int[] dims, int elementSize) {
        if (header.has(H5Header.EXTERNAL_FILES)) {
            throw file.fault("the data lie in another file; external data are not followed");
        }
        long elements = H5Array.elements(dims);
        byte[] target = file.allocate(elements * elementSize);
        H5Storage storage = new H5Storage(file, dims, elementSize, target);
        storage.fill(header.first(H5Header.FILL_VALUE));
        H5Cursor filters = header.first(H5Header.FILTERS);
        if (filters != null) {
            storage.filters = storage.readFilters(filters);
        }
        storage.readLayout(header.only(H5Header.LAYOUT, "layout"));
        return target;
    }

    /// Puts the fill value where it is not zero; what is not stored keeps it.
    private void fill(@Nullable H5Cursor in) {
        if (in == null || target.length == 0) {
            return;
        }
        int version = in.version("fill value", 1, 3);
        int flags = in.u8();
        boolean defined = version == 3 ? (flags & 0x20) != 0 : in.skip(1).u8() != 0;
        if (!defined && version > 1) {
            return;
        }
        long size = in.u32();
        if (size == elementSize) {
            byte[] value = in.take(size);
            if (!Arrays.equals(value, new byte[value.length])) {
                for (int at = 0; at < target.length; at += elementSize) {
                    System.arraycopy(value, 0, target, at, elementSize);
                }
            }
        }
    }

    private void readLayout(H5Cursor in) {
        int version = in.version("data layout", 3, 5);
        int kind = in.u8();
        switch (kind) {
            case 0 -> readWhole(in.part(in.u16()));
            case 1 -> {
                long address = in.address();
                long length = in.length();
                if (address != H5Cursor.UNDEFINED) {
                    readWhole(file.at(address, length));
                }
            }
            case 2 -> {
                if (version == 3) {
                    readChunksOfVersion3(in);
                } else {
                    readChunksOfVersion4(in);
                }
            }
            case 3 ->
                    throw file.fault(
                            "the data are put together from other datasets; virtual datasets are not read");
            default -> throw file.fault("data layout %d is not known", kind);
        }
    }

    private void readWhole(H5Cursor stored) {
        if (stored.left() < target.length) {
            throw file.fault(
                    "%d bytes are stored, but the sizes %s need %d",
                    stored.left(), Arrays.toString(dims), target.length);
        }
        stored.copy(target, 0, target.length);
    }

    private void readChunksOfVersion3(H5Cursor in) {
        int rank = in.u8() - 1;
        long tree = in.address();
        readChunkSizes(in, rank, 4);
        if (tree != H5Cursor.UNDEFINED && target.length > 0) {
            readTree(tree, -1);
        }
    }

    private void readChunkSizes(H5Cursor in, int rank, int width) {
        if (rank != dims.length || rank == 0) {
            throw file.fault("chunks of %d axes do not fit data of %d axes", rank, dims.length);
        }
        chunk = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            long size = in.number(width);
            if (size < 1 || size > Integer.MAX_VALUE) {
                throw file.fault("a chunk of size %d is absurd", size);
            }
            chunk[axis] = (int) size;
        }
        long bytes = H5Array.elements(chunk) * elementSize;
        if (in.number(width) != elementSize || bytes > Integer.MAX_VALUE - 64) {
            throw file.fault(
                    "chunks of %s do not fit the elements; the file is damaged",
                    Arrays.toString(chunk));
        }
        chunkBytes = (int) bytes;
    }

    private void readTree(long address, int expectedLevel) {
        H5Cursor in = file.once(address, "chunk node").signature("TREE");
        int type = in.u8();
        int level = in.u8();
        if (type != 1 || (expectedLevel >= 0 && level != expectedLevel) || level > 32) {
            throw file.fault(
                    "the chunk node at position %d is of the wrong kind; the file is damaged",
                    address);
        }
        int children = in.u16();
        in.skip(16);
        long[] offset = new long[dims.length];
        for (int i = 0; i < children; i++) {
            long stored = in.u32();
            long mask = in.u32();
            for (int axis = 0; axis < offset.length; axis++) {
                offset[axis] = in.length();
            }
            long child = in.skip(8).address();
            if (level > 0) {
                readTree(child, level - 1);
            } else {
                readChunk(file.at(child, stored), mask, offset);
            }
        }
    }

    private void readChunksOfVersion4(H5Cursor in) {
        int flags = in.u8();
        int rank = in.u8() - 1;
        readChunkSizes(in, rank, Math.min(8, in.u8()));
        int index = in.u8();
        boolean filtered = !filters.isEmpty();
        switch (index) {
            case 1 -> {
                long stored = (flags & 2) != 0 ? in.length() : chunkBytes;
                long mask = (flags & 2) != 0 ? in.u32() : 0;
                long address = in.address();
                if (address != H5Cursor.UNDEFINED && target.length > 0) {
                    readChunk(file.at(address, stored), mask, new long[rank]);
                }
            }
            case 2 -> {
                long address = in.address();
                if (address != H5Cursor.UNDEFINED && target.length > 0) {
                    H5Cursor all = file.at(address);
                    forEachChunk(offset -> readChunk(all.part(chunkBytes), 0, offset));
                }
            }
            case 3 -> {
                long header = in.skip(1).address();
                if (header != H5Cursor.UNDEFINED && target.length > 0) {
                    readFixedArray(header, filtered);
                }
            }
            default ->
                    throw file.fault(
                            "resizable datasets of the newest format are not read; save with a fixed size");
        }
    }

    private void readFixedArray(long address, boolean filtered) {
        H5Cursor in = file.once(address, "chunk array").signature("FAHD");
        int entryBytes = in.skip(2).u8();
        int pageBits = in.u8();
        long entries = in.length();
        H5Cursor block = file.once(in.address(), "chunk array block").signature("FADB").skip(2 + 8);
        if (filtered ? entryBytes < 13 || entryBytes > 20 : entryBytes != 8 || pageBits > 30) {
            throw file.fault("the chunk array at position %d is damaged", address);
        }
        long perPage = 1L << Math.min(30, pageBits);
        boolean paged = entries > perPage;
        long pages = (entries + perPage - 1) / perPage;
        H5Cursor used = paged ? block.part((pages + 7) / 8) : block;
        block.skip(paged ? 4 : 0);
        long[] done = {0};
        int[] bits = {0};
        forEachChunk(offset -> {
            long entry = done[0]++;
            if (paged && entry % perPage == 0) {
                block.skip(entry == 0 ? 0 : 4);
                bits[0] = entry / perPage % 8 == 0 ? used.u8() : bits[0] << 1;
            }
            long chunkAddress = block.address();
            long stored = filtered ? block.number(entryBytes - 12) : chunkBytes;
            long mask = filtered ? block.u32() : 0;
            boolean present = !paged || (bits[0] & 0x80) != 0;
            if (present && chunkAddress != H5Cursor.UNDEFINED) {
                readChunk(file.at(chunkAddress, stored), mask, offset);
            }
        });
    }

    private interface ChunkAction {
        void accept(long[] offset);
    }

    private void forEachChunk(ChunkAction action) {
        long[] offset = new long[dims.length];
        int axis = dims.length - 1;
        while (axis >= 0) {
            file.step();
            action.accept(offset);
            axis = dims.length - 1;
            while (axis >= 0 && (offset[axis] += chunk[axis]) >= dims[axis]) {
                offset[axis--] = 0;
            }
        }
    }

    private void readChunk(H5Cursor stored, long mask, long[] offset) {
        file.step();
        byte[] bytes = stored.take(stored.left());
        for (int i = filters.size() - 1; i >= 0; i--) {
            if ((mask >> i & 1) == 0) {
                bytes = undo(filters.get(i), bytes);
            }
        }
        if (bytes.length < chunkBytes) {
            throw file.fault(
                    "a chunk holds %d bytes instead of %d; the file is damaged",
                    bytes.length, chunkBytes);
        }
        for (int axis = 0; axis < dims.length; axis++) {
            if (offset[axis] >= dims[axis]) {
                return;
            }
        }
        copyRows(bytes, offset, 0, 0, 0);
    }

    private void copyRows(byte[] bytes, long[] offset, int axis, long from, long to) {
        int count = (int) Math.min(chunk[axis], dims[axis] - offset[axis]);
        if (axis == dims.length - 1) {
            System.arraycopy(
                    bytes,
                    (int) from * elementSize,
                    target,
                    (int) (to + offset[axis]) * elementSize,
                    count * elementSize);
            return;
        }
        for (int i = 0; i < count; i++) {
            copyRows(
                    bytes,
                    offset,
                    axis + 1,
                    (from + i) * chunk[axis + 1],
                    (to + offset[axis] + i) * dims[axis + 1]);
        }
    }

    private List<Integer> readFilters(H5Cursor in) {
        int version = in.version("filter list", 1, 2);
        int count = in.u8();
        if (count > MOST_FILTERS) {
            throw file.fault("%d filters one after the other are absurd", count);
        }
        in.skip(version == 1 ? 6 : 0);
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int id = in.u16();
            int nameBytes = version == 1 || id >= 256 ? in.u16() : 0;
            int values = in.skip(2).u16();
            in.skip(version == 1 ? (nameBytes + 7) / 8 * 8 : nameBytes);
            in.skip(4L * values + (version == 1 && values % 2 == 1 ? 4 : 0));
            if (id < DEFLATE || id > FLETCHER) {
                throw file.fault("the compression with filter %d is not read; gzip is", id);
            }
            found.add(id);
        }
        return found;
    }

    private byte[] undo(int filter, byte[] bytes) {
        return switch (filter) {
            case DEFLATE -> inflate(bytes);
            case SHUFFLE -> unshuffle(bytes);
            default -> Arrays.copyOf(bytes, Math.max(0, bytes.length - 4));
        };
    }

    /// A chunk can be longer than its elements by the four bytes of a Fletcher sum.
    private byte[] inflate(byte[] deflated) {
        byte[] bytes = file.allocate(chunkBytes + 4L);
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(deflated);
            int length = 0;
            while (!inflater.finished() && length < bytes.length) {
                int got = inflater.inflate(bytes, length, bytes.length - length);
                if (got == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    break;
                }
                length += got;
            }
            return Arrays.copyOf(bytes, length);
        } catch (DataFormatException e) {
            throw file.fault("a compressed chunk is damaged (%s)", e.getMessage());
        }
    }

    private byte[] unshuffle(byte[] shuffled) {
        byte[] bytes = shuffled.clone();
        int elements = bytes.length / elementSize;
        for (int plane = 0; plane < elementSize; plane++) {
            for (int i = 0; i < elements; i++) {
                bytes[i * elementSize + plane] = shuffled[plane * elements + i];
            }
        }
        return bytes;
    }
}
