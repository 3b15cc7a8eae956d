package dev.gnomon.data;

import static dev.gnomon.check.Check.data;

import dev.gnomon.check.DataException;
import dev.gnomon.tensor.DType;
import dev.gnomon.tensor.Shape;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads the binary files of CIFAR: records of one or two label bytes and the planes of red, green and blue, 32 lines of 32
/// bytes each from the top. The last file is the test part.
///
/// The pictures lie outside the Java heap, the colours of a pixel together.
final class CifarFiles {
    private static final int SIDE = 32;
    private static final int PLANE = SIDE * SIDE;
    private static final int PIXELS = 3 * PLANE;

    private final KnownDataSet set;
    private final int labelBytes;
    private final int label;
    private final List<String> classNames;
    private final MemorySegment images;
    private final byte[] labels;

    /// @param labelBytes how many labels a record has
    /// @param label which of them is wanted
    /// @param classNames the classes of that label
    CifarFiles(KnownDataSet set, int labelBytes, int label, List<String> classNames) {
        this.set = set;
        this.labelBytes = labelBytes;
        this.label = label;
        this.classNames = classNames;
        int records = firstRecord(set.files().size());
        images = Arena.ofAuto().allocate((long) records * PIXELS, 64);
        labels = new byte[records];
    }

    /// The number of the first record of a file, counted over all files.
    private int firstRecord(int file) {
        long bytes =
                set.files().subList(0, file).stream().mapToLong(KnownFile::unpackedBytes).sum();
        return Math.toIntExact(bytes / (labelBytes + PIXELS));
    }

    /// The set in a data folder where it must be: unpacked files, else those in the archive.
    TrainTest load(Path dataFolder) {
        Path archive = set.findArchive(dataFolder);
        try {
            if (archive == null || set.isUnpackedIn(dataFolder)) {
                for (KnownFile file : set.files()) {
                    Path found = set.find(file, dataFolder);
                    read(file, found == null ? dataFolder.resolve(file.name()) : found);
                }
            } else {
                readArchive(archive);
            }
        } catch (IOException e) {
            throw Bytes.unreadable(set.folder(dataFolder).toString(), e);
        }
        int train = firstRecord(set.files().size() - 1);
        var all =
                Dataset.of(
                                Column.of(
                                        images,
                                        DType.UINT8,
                                        Shape.of(labels.length, SIDE, SIDE, 3)),
                                Column.of(labels, labels.length, 1))
                        .withClassNames(classNames);
        return new TrainTest(all.take(train), all.skip(train));
    }

    private void read(KnownFile file, Path path) throws IOException {
        try (var in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
            read(file, path.toString(), Files.size(path), in);
        }
    }

    private void readArchive(Path archive) throws IOException {
        Set<KnownFile> seen = new HashSet<>();
        Tar.read(
                archive,
                (entry, size, in) -> {
                    var file = set.member(entry);
                    if (file != null) {
                        read(file, archive + ", " + entry, size, in);
                        seen.add(file);
                    }
                });
        var missing = set.files().stream().filter(file -> !seen.contains(file)).toList();
        data(
                missing.isEmpty(),
                "%s: lacks %s. Fetch it again.",
                archive,
                String.join(", ", missing.stream().map(KnownFile::name).toList()));
    }

    private void read(KnownFile file, String where, long size, InputStream in) throws IOException {
        int bytes = labelBytes + PIXELS;
        data(
                size == file.unpackedBytes(),
                "%s: has %d bytes, but %d records of %d bytes, label%s and picture, are %d. Fetch the file again.",
                where,
                size,
                file.unpackedBytes() / bytes,
                bytes,
                labelBytes == 1 ? "" : "s",
                file.unpackedBytes());
        int first = firstRecord(set.files().indexOf(file));
        int count = Math.toIntExact(size / bytes);
        for (int i = 0; i < count; i++) {
            byte[] record = in.readNBytes(bytes);
            data(record.length == bytes, "%s: ends within record %d.", where, i);
            take(record, first + i, i, where);
        }
    }

    private void take(byte[] record, int row, int number, String where) {
        int found = record[label] & 0xFF;
        if (found >= classNames.size()) {
            throw new DataException(
                    where
                            + ": record "
                            + number
                            + " (offset "
                            + (long) number * record.length
                            + ") has the class "
                            + found
                            + ", but there are "
                            + classNames.size()
                            + " classes, from 0. The file is damaged or of another kind; fetch it again.");
        }
        labels[row] = record[label];
        byte[] picture = new byte[PIXELS];
        for (int pixel = 0; pixel < PLANE; pixel++) {
            int at = labelBytes + pixel;
            picture[3 * pixel] = record[at];
            picture[3 * pixel + 1] = record[at + PLANE];
            picture[3 * pixel + 2] = record[at + 2 * PLANE];
        }
        MemorySegment.copy(picture, 0, images, ValueLayout.JAVA_BYTE, (long) row * PIXELS, PIXELS);
    }
}
