package dev.gnomon.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An old-style group of an HDF5 file to be written: names in a local heap, entries in symbol nodes of at most eight,
/// and a B-tree of version 1 over them, as deep as it must be.
///
/// @param tree the address of the B-tree
/// @param heap the address of the local heap
record H5SymbolTable(long tree, long heap) {
    static final int LEAF_K = 4;
    static final int INTERNAL_K = 16;

    /// Names in the order of their UTF-8 bytes, in which HDF5 looks for them.
    static final Comparator<String> BY_BYTES =
            (a, b) ->
                    Arrays.compareUnsigned(
                            a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private static final int NODE_BYTES = 24 + (4 * INTERNAL_K + 1) * 8;
    private static final int SYMBOLS_BYTES = 8 + 2 * LEAF_K * 40;

    /// Where an object lies.
    ///
    /// @param header the address of its header
    /// @param table its symbol table, null for a dataset
    record Placed(long header, @Nullable H5SymbolTable table) {
        void writeEntry(H5Block block, long nameAt) {
            block.u64(nameAt).u64(header).u32(table == null ? 0 : 1).u32(0);
            block.u64(table == null ? 0 : table.tree).u64(table == null ? 0 : table.heap);
        }
    }

    /// A node of the tree: its address, and where the last name below it stands in the heap.
    private record Node(long address, long lastName) {}

    /// Writes the table of the children, which are sorted by [#BY_BYTES].
    static H5SymbolTable write(H5Image image, Map<String, Placed> children) {
        List<Long> namesAt = new ArrayList<>();
        long heap = writeHeap(image, children, namesAt);
        List<Node> nodes = writeSymbols(image, List.copyOf(children.values()), namesAt);
        int level = 0;
        do {
            nodes = writeLevel(image, nodes, level++);
        } while (nodes.size() > 1);
        return new H5SymbolTable(nodes.getFirst().address, heap);
    }

    /// The heap begins with an empty name of eight zeros; every name is ended by a zero and padded.
    private static long writeHeap(H5Image image, Map<String, Placed> children, List<Long> namesAt) {
        H5Message names = new H5Message(0).u64(0);
        for (String name : children.keySet()) {
            namesAt.add((long) names.size());
            names.bytes(name.getBytes(StandardCharsets.UTF_8)).u8(0).align();
        }
        H5Block heap = image.block(32);
        H5Block data = image.block(names.size());
        data.bytes(names.toBytes());
        heap.ascii("HEAP").u32(0).u64(names.size()).u64(1).u64(data.address());
        return heap.address();
    }

    private static List<Node> writeSymbols(
            H5Image image, List<Placed> children, List<Long> namesAt) {
        List<Node> nodes = new ArrayList<>();
        for (int first = 0; first < children.size(); first += 2 * LEAF_K) {
            int count = Math.min(2 * LEAF_K, children.size() - first);
            H5Block block = image.block(SYMBOLS_BYTES);
            block.ascii("SNOD").u8(1).u8(0).u16(count);
            for (int i = first; i < first + count; i++) {
                children.get(i).writeEntry(block, namesAt.get(i));
            }
            nodes.add(new Node(block.address(), namesAt.get(first + count - 1)));
        }
        return nodes;
    }

    /// One level over the nodes below; neighbours on a level know each other. An empty group has one node without any.
    private static List<Node> writeLevel(H5Image image, List<Node> below, int level) {
        int width = 2 * INTERNAL_K;
        int count = Math.max(1, (below.size() + width - 1) / width);
        List<H5Block> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            blocks.add(image.block(NODE_BYTES));
        }
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Node> children = below.subList(i * width, Math.min(below.size(), (i + 1) * width));
            H5Block block = blocks.get(i).ascii("TREE").u8(0).u8(level).u16(children.size());
            block.u64(i > 0 ? blocks.get(i - 1).address() : H5Cursor.UNDEFINED);
            block.u64(i + 1 < count ? blocks.get(i + 1).address() : H5Cursor.UNDEFINED);
            block.u64(i > 0 ? below.get(i * width - 1).lastName : 0);
            for (Node child : children) {
                block.u64(child.address).u64(child.lastName);
            }
            nodes.add(
                    new Node(
                            block.address(), children.isEmpty() ? 0 : children.getLast().lastName));
        }
        return nodes;
    }
}
