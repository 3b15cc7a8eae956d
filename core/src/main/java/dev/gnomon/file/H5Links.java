package dev.gnomon.file;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The links of a group in an HDF5 file: old symbol tables, link messages, and links in a fractal heap.
///
/// Only hard links are followed; soft and external ones are refused, as they can reach out of the file.
final class H5Links {
    private static final int SOFT_LINK_CACHE = 2;

    private final H5File file;
    private final Map<String, Long> addresses = new TreeMap<>();

    private H5Links(H5File file) {
        this.file = file;
    }

    /// The addresses of the objects in a group by name, in order of names.
    static Map<String, Long> read(H5File file, H5Header header) {
        H5Links links = new H5Links(file);
        H5Cursor table = header.first(H5Header.SYMBOL_TABLE);
        if (table != null) {
            links.readSymbolTable(table);
        }
        for (H5Cursor link : header.all(H5Header.LINK)) {
            links.readLink(link);
        }
        H5Cursor info = header.first(H5Header.LINK_INFO);
        if (info != null) {
            info.version("link info", 0, 0);
            int flags = info.u8();
            info.skip((flags & 1) != 0 ? 8 : 0);
            long heap = info.address();
            long names = info.address();
            if (heap != H5Cursor.UNDEFINED) {
                for (H5Cursor link : H5DenseStore.read(file, heap, names, 4)) {
                    links.readLink(link);
                }
            }
        }
        return links.addresses;
    }

    private void add(String name, long address) {
        file.step();
        if (name.isEmpty() || name.equals(".") || name.indexOf('/') >= 0) {
            throw file.fault("\"%s\" cannot be the name of an object", name);
        }
        if (addresses.put(name, address) != null) {
            throw file.fault("the name \"%s\" appears twice", name);
        }
    }

    private void readSymbolTable(H5Cursor table) {
        long tree = table.address();
        H5Cursor heap = file.once(table.address(), "local heap").signature("HEAP");
        heap.version("local heap", 0, 0);
        long size = heap.skip(3).length();
        long data = heap.skip(8).address();
        readTree(tree, file.at(data, size), -1);
    }

    private void readTree(long address, H5Cursor names, int expectedLevel) {
        H5Cursor in = file.once(address, "group node").signature("TREE");
        int type = in.u8();
        int level = in.u8();
        if (type != 0 || (expectedLevel >= 0 && level != expectedLevel) || level > 32) {
            throw file.fault(
                    "the group node at position %d is of the wrong kind; the file is damaged",
                    address);
        }
        int children = in.u16();
        in.skip(16);
        for (int i = 0; i < children; i++) {
            long child = in.skip(8).address();
            if (level > 0) {
                readTree(child, names, level - 1);
            } else {
                readSymbols(child, names);
            }
        }
    }

    private void readSymbols(long address, H5Cursor names) {
        H5Cursor in = file.once(address, "symbol node").signature("SNOD");
        in.version("symbol node", 1, 1);
        int symbols = in.skip(1).u16();
        for (int i = 0; i < symbols; i++) {
            long nameAt = in.length();
            long header = in.address();
            long cache = in.u32();
            in.skip(20);
            String name = names.from(nameAt).textToZero();
            if (cache == SOFT_LINK_CACHE) {
                throw refused("soft", name);
            }
            add(name, header);
        }
    }

    private void readLink(H5Cursor in) {
        in.version("link", 1, 1);
        int flags = in.u8();
        int type = (flags & 0x08) != 0 ? in.u8() : 0;
        in.skip((flags & 0x04) != 0 ? 8 : 0).skip((flags & 0x10) != 0 ? 1 : 0);
        String name = in.text(in.number(1 << (flags & 3)));
        if (type != 0) {
            throw refused(type == 1 ? "soft" : type == 64 ? "external" : "user-defined", name);
        }
        add(name, in.address());
    }

    private RuntimeException refused(String kind, String name) {
        return file.fault(
                "\"%s\" is a link of kind \"%s\"; only links to objects in the same file are followed",
                name, kind);
    }

    /// The messages of attributes that are kept outside the header, if any.
    static List<H5Cursor> denseAttributes(H5File file, @Nullable H5Cursor info) {
        if (info == null) {
            return List.of();
        }
        info.version("attribute info", 0, 0);
        int flags = info.u8();
        info.skip((flags & 1) != 0 ? 2 : 0);
        long heap = info.address();
        long names = info.address();
        return heap == H5Cursor.UNDEFINED ? List.of() : H5DenseStore.read(file, heap, names, 0);
    }
}
