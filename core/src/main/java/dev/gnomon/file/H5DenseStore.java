package dev.gnomon.file;

import java.util.ArrayList;
import java.util.List;

/// Messages kept outside a header when they are many: a fractal heap, and a B-tree of version 2 that lists its ids.
final class H5DenseStore {
    private final H5File file;
    private final List<H5Cursor> messages = new ArrayList<>();
    private final long heap;
    private final int idBytes;
    private final int offsetBytes;
    private final int lengthBytes;
    private final int width;
    private final long startBlock;
    private final long largestDirect;
    private final long root;
    private final int rows;

    private H5DenseStore(H5File file, long heap) {
        this.file = file;
        this.heap = heap;
        H5Cursor in = file.once(heap, "heap").signature("FRHP");
        in.version("fractal heap", 0, 0);
        idBytes = in.u16();
        if (in.u16() != 0) {
            throw file.fault("compressed heaps are not read");
        }
        long largestManaged = in.skip(1).u32();
        width = in.skip(12 * 8).u16();
        startBlock = in.length();
        largestDirect = in.length();
        int heapBits = in.u16();
        root = in.skip(2).address();
        rows = in.u16();
        offsetBytes = (heapBits + 7) / 8;
        lengthBytes = Math.min((log2(largestDirect) + 7) / 8, bytesFor(largestManaged));
        if (width == 0
                || Long.bitCount(startBlock) != 1
                || Long.bitCount(largestDirect) != 1
                || startBlock > largestDirect
                || largestDirect > 1L << 31
                || heapBits > 64
                || 1 + offsetBytes + lengthBytes > idBytes) {
            throw file.fault(
                    "the sizes of the heap at position %d are absurd; the file is damaged", heap);
        }
    }

    /// The messages whose ids stand in the tree, `idAt` bytes into each record.
    static List<H5Cursor> read(H5File file, long heap, long tree, int idAt) {
        H5DenseStore store = new H5DenseStore(file, heap);
        store.readTree(tree, idAt);
        return store.messages;
    }

    private void readTree(long address, int idAt) {
        H5Cursor in = file.once(address, "name index").signature("BTHD");
        in.version("name index", 0, 0);
        long nodeBytes = in.skip(1).u32();
        int recordBytes = in.u16();
        int depth = in.u16();
        long node = in.skip(2).address();
        int records = in.u16();
        if (recordBytes < idAt + idBytes || nodeBytes < 10 + recordBytes || depth > 8) {
            throw file.fault("the name index at position %d is damaged", address);
        }
        long[] mostBelow = new long[depth + 1];
        long mostInLeaf = (nodeBytes - 10L) / recordBytes;
        mostBelow[0] = mostInLeaf;
        for (int level = 1; level <= depth; level++) {
            long pointer =
                    8L + bytesFor(mostInLeaf) + (level > 1 ? bytesFor(mostBelow[level - 1]) : 0);
            long most = (nodeBytes - 10 - pointer) / (recordBytes + pointer);
            mostBelow[level] =
                    Math.min(
                            1L << 48, (most + 1) * Math.min(1L << 24, mostBelow[level - 1]) + most);
        }
        if (node != H5Cursor.UNDEFINED) {
            readNode(node, depth, records, recordBytes, idAt, mostBelow);
        }
    }

    private void readNode(
            long address, int level, int records, int recordBytes, int idAt, long[] mostBelow) {
        H5Cursor in = file.once(address, "index node").signature(level == 0 ? "BTLF" : "BTIN");
        in.skip(2);
        for (int i = 0; i < records; i++) {
            H5Cursor record = in.part(recordBytes);
            messages.add(object(record.skip(idAt)));
        }
        for (int i = 0; level > 0 && i <= records; i++) {
            long child = in.address();
            int childRecords = (int) in.number(Math.min(4, bytesFor(mostBelow[0])));
            in.skip(level > 1 ? bytesFor(mostBelow[level - 1]) : 0);
            readNode(child, level - 1, childRecords, recordBytes, idAt, mostBelow);
        }
    }

    private H5Cursor object(H5Cursor id) {
        file.step();
        int kind = id.u8();
        if ((kind & 0x30) == 0x20) {
            return id.part((kind & 15) + 1);
        }
        if ((kind & 0xF0) != 0) {
            throw file.fault("huge objects in a heap are not read");
        }
        long offset = id.number(offsetBytes);
        long length = id.number(lengthBytes);
        return rows == 0 ? file.at(root + offset, length) : inRows(root, rows, offset, length);
    }

    /// Finds an offset below an indirect block: the first two rows hold blocks of the smallest size, each further
    /// row of twice the size; rows beyond the largest direct size are indirect blocks again.
    private H5Cursor inRows(long block, int blockRows, long offset, long length) {
        int directRows = log2(largestDirect) - log2(startBlock) + 2;
        long entries = block + 4 + 1 + 8 + offsetBytes;
        file.at(block).signature("FHIB");
        long size = startBlock;
        long rowStart = 0;
        for (int row = 0; row < blockRows && row < 62; row++) {
            size = row < 2 ? startBlock : size * 2;
            if (size > 1L << 44 || offset < 0) {
                break;
            }
            if (offset < rowStart + width * size) {
                long column = (offset - rowStart) / size;
                long child = file.at(entries + 8 * (row * (long) width + column), 8).address();
                long inChild = offset - rowStart - column * size;
                if (row < directRows) {
                    return file.at(child + inChild, length);
                }
                return inRows(child, log2(size) - log2(startBlock * width) + 1, inChild, length);
            }
            rowStart += width * size;
        }
        throw file.fault(
                "an object of the heap at position %d lies outside it; the file is damaged", heap);
    }

    private static int log2(long value) {
        return 63 - Long.numberOfLeadingZeros(Math.max(1, value));
    }

    private static int bytesFor(long value) {
        return log2(value) / 8 + 1;
    }
}
