package dev.gnomon.file;

import dev.gnomon.check.FormatException;
import dev.gnomon.data.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A `.keras` file: a zip of `metadata.json`, `config.json`, `model.weights.h5` and whatever else lies beside them.
///
/// Nothing is unpacked to disk and nothing executed. Names that reach out of the archive, members that appear twice,
/// sizes that do not fit the file and wrong check sums are refused with a [FormatException].
///
/// @param metadata the version of Keras and the date
/// @param config the model as Keras describes it
/// @param weights the tree of the weights
/// @param extras all other members by name, in order, such as `provenance.json`
public record KerasArchive(
        ObjectNode metadata, ObjectNode config, H5Group weights, Map<String, byte[]> extras) {
    public static final String METADATA = "metadata.json";
    public static final String CONFIG = "config.json";
    public static final String WEIGHTS = "model.weights.h5";

    private static final int MOST_MEMBERS = 10_000;
    private static final long FREE_BYTES = 64L << 20;
    private static final int MOST_RATIO = 64;

    /// A time that every zip can hold; the same bytes come out whenever a model is saved.
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    public KerasArchive {
        extras = Collections.unmodifiableMap(new LinkedHashMap<>(extras));
        for (String name : extras.keySet()) {
            String fault = faultOf(name);
            if (fault != null
                    || name.equals(METADATA)
                    || name.equals(CONFIG)
                    || name.equals(WEIGHTS)) {
                throw new FormatException(
                        "Keras archive: \"" + name + "\" cannot be the name of an extra member.");
            }
        }
    }

    /// Reads a file; members may be stored or deflated.
    public static KerasArchive read(Path path) {
        if (Files.isDirectory(path)) {
            throw new FormatException(
                    path
                            + ": is a folder; only the .keras file in one piece is read "
                            + "(in Keras: model.save(\"model.keras\", zipped=True)).");
        }
        Map<String, byte[]> members = members(path);
        byte[] config = members.remove(CONFIG);
        byte[] metadata = members.remove(METADATA);
        byte[] weights = members.remove(WEIGHTS);
        if (config == null || metadata == null || weights == null) {
            throw new FormatException(path + ": " + missing(config, metadata, members));
        }
        return new KerasArchive(
                Json.parseObject(text(metadata), path + "!" + METADATA),
                Json.parseObject(text(config), path + "!" + CONFIG),
                H5Reader.read(weights, path + "!" + WEIGHTS),
                members);
    }

    private static String missing(
            byte @Nullable [] config, byte @Nullable [] metadata, Map<String, byte[]> members) {
        if (config == null || metadata == null) {
            return "has no "
                    + (config == null ? CONFIG : METADATA)
                    + ", so it is not a .keras file.";
        }
        if (members.containsKey("model.weights.npz")) {
            return "keeps its weights as .npz, which is not read; save it with " + WEIGHTS + ".";
        }
        return "has no "
                + WEIGHTS
                + "; archives whose weights are split over several files are not read.";
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static Map<String, byte[]> members(Path path) {
        try (ZipFile zip = new ZipFile(path.toFile())) {
            long left = FREE_BYTES + MOST_RATIO * Files.size(path);
            if (zip.size() > MOST_MEMBERS) {
                throw new FormatException(
                        path + ": " + zip.size() + " members are more than " + MOST_MEMBERS + ".");
            }
            Map<String, byte[]> members = new LinkedHashMap<>();
            for (Enumeration<? extends ZipEntry> entries = zip.entries();
                    entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                String name = entry.getName();
                String fault = faultOf(name);
                if (fault != null || members.containsKey(name)) {
                    throw new FormatException(
                            path
                                    + ": the member \""
                                    + name
                                    + "\" "
                                    + (fault == null ? "appears twice" : fault)
                                    + ".");
                }
                if (!entry.isDirectory()) {
                    byte[] bytes = member(zip, entry, left, path);
                    left -= bytes.length;
                    members.put(name, bytes);
                }
            }
            return members;
        } catch (IOException e) {
            throw new FormatException(
                    path
                            + ": cannot be read as a zip: "
                            + AtomicFile.reason(e)
                            + ". It is cut short or no .keras file; fetch or write it again.",
                    e);
        } catch (IllegalArgumentException e) {
            throw new FormatException(path + ": has a member with a broken name.", e);
        }
    }

    private static byte[] member(ZipFile zip, ZipEntry entry, long left, Path path)
            throws IOException {
        long size = entry.getSize();
        if (size < 0 || size > left || size > Integer.MAX_VALUE - 8) {
            throw new FormatException(
                    path
                            + ": the member \""
                            + entry.getName()
                            + "\" declares "
                            + size
                            + " bytes, which does not fit a file of "
                            + Files.size(path)
                            + " bytes or is over 2 GiB.");
        }
        byte[] bytes;
        try (InputStream in = zip.getInputStream(entry)) {
            bytes = in.readNBytes((int) size);
            if (bytes.length < size || in.read() >= 0) {
                throw new FormatException(
                        path
                                + ": the member \""
                                + entry.getName()
                                + "\" has another size than declared; the file is damaged.");
            }
        }
        CRC32 crc = new CRC32();
        crc.update(bytes);
        if (crc.getValue() != entry.getCrc()) {
            throw new FormatException(
                    path
                            + ": the check sum of the member \""
                            + entry.getName()
                            + "\" is wrong; the file is damaged.");
        }
        return bytes;
    }

    /// What is wrong with a member's name, or null.
    private static @Nullable String faultOf(String name) {
        boolean reachesOut =
                name.isEmpty()
                        || name.startsWith("/")
                        || name.indexOf('\\') >= 0
                        || name.indexOf(0) >= 0
                        || name.matches("[A-Za-z]:.*")
                        || Arrays.asList(name.split("/", -1)).contains("..");
        return reachesOut ? "has a name that reaches out of the archive" : null;
    }

    /// Writes the file: the old one is replaced as a whole or not at all. The weights are stored, as Keras does, and the texts
    /// deflated. The same archive gives the same bytes.
    public void write(Path path) {
        H5Image tree = H5Writer.layOut(weights);
        AtomicFile.write(
                path,
                file -> {
                    ZipOutputStream zip = new ZipOutputStream(file, StandardCharsets.UTF_8);
                    putText(zip, METADATA, Json.write(metadata));
                    putText(zip, CONFIG, Json.write(config));
                    put(zip, WEIGHTS, tree::writeTo);
                    for (var extra : extras.entrySet()) {
                        put(zip, extra.getKey(), out -> out.write(extra.getValue()));
                    }
                    zip.finish();
                });
    }

    private static void putText(ZipOutputStream zip, String name, String text) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    /// A stored member has its size and check sum in front, so it is written twice: once for these.
    private static void put(ZipOutputStream zip, String name, AtomicFile.Body body)
            throws IOException {
        CRC32 crc = new CRC32();
        CountingStream size = new CountingStream();
        body.write(new CheckedOutputStream(size, crc));
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setTimeLocal(TIME);
        entry.setSize(size.count);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        body.write(zip);
        zip.closeEntry();
    }

    /// Counts what is written and drops it.
    private static final class CountingStream extends OutputStream {
        private long count;

        @Override
        public void write(int b) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            count += length;
        }
    }
}
