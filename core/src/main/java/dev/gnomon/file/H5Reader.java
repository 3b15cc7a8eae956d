package dev.gnomon.file;

import dev.gnomon.check.FormatException;
import dev.gnomon.data.AtomicFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads HDF5 files, old and new: every version of superblock, group and header that h5py writes; data in one piece, or
/// in chunks with gzip.
///
/// Made for files of strangers. Links that leave the file, loops, groups linked twice, nesting deeper than 64,
/// external and virtual data, and sizes that do not fit the file are refused with a [FormatException] that names the
/// file and the path in it. Work and memory are bounded by the size of the file. Thread-safe: no state.
public final class H5Reader {
    private static final int DEEPEST = 64;
    private static final long SIGNATURE = 0x0A1A0A0D46444889L;
    private static final int MOST_AXES = 32;

    private final H5File file;

    private H5Reader(H5File file) {
        this.file = file;
    }

    /// Reads a file.
    public static H5Group read(Path path) {
        boolean interrupted = Thread.interrupted(); // a channel would close itself
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
                Arena arena = Arena.ofConfined()) {
            return read(
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena),
                    path.toString());
        } catch (IOException e) {
            throw new FormatException(path + ": cannot be read: " + AtomicFile.reason(e) + ".", e);
        } catch (InternalError e) {
            throw new FormatException(
                    path + ": was changed by another program while it was read.", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Reads the bytes of a file; `name` stands for it in messages.
    public static H5Group read(byte[] bytes, String name) {
        return read(MemorySegment.ofArray(bytes), name);
    }

    private static H5Group read(MemorySegment bytes, String name) {
        H5Reader reader = new H5Reader(new H5File(bytes, name));
        return reader.group(reader.root(), "", 0);
    }

    private long root() {
        if (file.size() < 16 || file.at(0).address() != SIGNATURE) {
            throw file.fault("this is not an HDF5 file");
        }
        H5Cursor in = file.at(0).skip(8);
        int version = in.version("superblock", 0, 3);
        if (version <= 1) {
            sizes(in.skip(4));
            in.skip(1 + 4 + 4 + (version == 1 ? 4 : 0));
            long base = in.address();
            in.skip(8);
            checkEnd(base, in.address());
            return in.skip(8 + 8).address();
        }
        sizes(in);
        long base = in.skip(1).address();
        in.skip(8);
        checkEnd(base, in.address());
        return in.address();
    }

    private void sizes(H5Cursor in) {
        int offsets = in.u8();
        int lengths = in.u8();
        if (offsets != 8 || lengths != 8) {
            throw file.fault(
                    "addresses of %d and lengths of %d bytes are not read; only 8 are",
                    offsets, lengths);
        }
    }

    private void checkEnd(long base, long end) {
        if (base != 0) {
            throw file.fault("a file with a block of the user's own before the data is not read");
        }
        if (end < 0 || end > file.size()) {
            throw file.fault(
                    "the file should have %s bytes, but has only %d; it is cut off",
                    Long.toUnsignedString(end), file.size());
        }
    }

    private H5Group group(long address, String path, int depth) {
        file.path = path.isEmpty() ? "/" : path;
        if (depth > DEEPEST) {
            throw file.fault("groups are nested deeper than %d", DEEPEST);
        }
        file.once(address, "group");
        return group(new H5Header(file, address), path, depth);
    }

    private H5Group group(H5Header header, String path, int depth) {
        Map<String, H5Value> attributes = attributes(header);
        Map<String, H5Group> groups = new LinkedHashMap<>();
        Map<String, H5Dataset> datasets = new LinkedHashMap<>();
        H5Links.read(file, header)
                .forEach((name, child) -> {
                    String childPath = path + "/" + name;
                    file.path = childPath;
                    H5Header childHeader = new H5Header(file, child);
                    if (childHeader.has(H5Header.LAYOUT)) {
                        datasets.put(name, dataset(childHeader));
                    } else if (isGroup(childHeader)) {
                        groups.put(name, group(child, childPath, depth + 1));
                    } else {
                        throw file.fault("this is neither a group nor a dataset");
                    }
                });
        return new H5Group(groups, datasets, attributes);
    }

    private static boolean isGroup(H5Header header) {
        return header.has(H5Header.SYMBOL_TABLE)
                || header.has(H5Header.LINK_INFO)
                || header.has(H5Header.LINK);
    }

    private H5Dataset dataset(H5Header header) {
        H5Type type = H5Type.read(file, header.only(H5Header.DATATYPE, "type"));
        int[] dims = dims(header.only(H5Header.DATASPACE, "dataspace"));
        byte[] raw = H5Storage.read(file, header, dims, type.size());
        return new H5Dataset(type.value(file, dims, raw), attributes(header));
    }

    private Map<String, H5Value> attributes(H5Header header) {
        Map<String, H5Value> attributes = new LinkedHashMap<>();
        for (H5Cursor message : header.all(H5Header.ATTRIBUTE)) {
            readAttribute(message, attributes);
        }
        for (H5Cursor message :
                H5Links.denseAttributes(file, header.first(H5Header.ATTRIBUTE_INFO))) {
            readAttribute(message, attributes);
        }
        return attributes;
    }

    private void readAttribute(H5Cursor in, Map<String, H5Value> attributes) {
        int version = in.version("attribute", 1, 3);
        int flags = in.u8();
        if (version > 1 && flags != 0) {
            throw file.fault("an attribute whose type is shared with other objects is not read");
        }
        int nameBytes = in.u16();
        int typeBytes = in.u16();
        int spaceBytes = in.u16();
        in.skip(version == 3 ? 1 : 0);
        String name = in.part(nameBytes).text(nameBytes);
        in.skip(padding(version, nameBytes));
        H5Type type = H5Type.read(file, in.part(typeBytes));
        in.skip(padding(version, typeBytes));
        int[] dims = dims(in.part(spaceBytes));
        in.skip(padding(version, spaceBytes));
        long bytes = H5Array.elements(dims) * type.size();
        if (bytes > in.left()) {
            throw file.fault(
                    "the attribute \"%s\" declares %d bytes, but %d are stored",
                    name, bytes, in.left());
        }
        if (attributes.put(name, type.value(file, dims, in.take(bytes))) != null) {
            throw file.fault("the attribute \"%s\" appears twice", name);
        }
    }

    private static int padding(int version, int bytes) {
        return version == 1 ? -bytes & 7 : 0;
    }

    /// The sizes of the axes; a dataspace without any elements counts as one axis of size 0.
    private int[] dims(H5Cursor in) {
        int version = in.version("dataspace", 1, 2);
        int rank = in.u8();
        in.skip(1);
        int kind = in.u8();
        in.skip(version == 1 ? 4 : 0);
        if (version == 2 && kind == 2) {
            return new int[] {0};
        }
        if (rank > MOST_AXES) {
            throw file.fault("%d axes are more than HDF5 allows (%d)", rank, MOST_AXES);
        }
        int[] dims = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            long dim = in.length();
            if (dim > Integer.MAX_VALUE) {
                throw file.fault("an axis of size %d is too large; 2^31 - 1 is the most", dim);
            }
            dims[axis] = (int) dim;
        }
        return dims;
    }
}
