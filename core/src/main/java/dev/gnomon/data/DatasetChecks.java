package dev.gnomon.data;

import static dev.gnomon.check.Check.config;

import dev.gnomon.check.DataException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.zip.CRC32;

/// What must hold for the parts of a data set (all faults are told at once), and their digest.
final class DatasetChecks {
    private static final int FINGERPRINT_SAMPLES = 32;

    private DatasetChecks() {}

    private static SequencedMap<String, Column> parts(Dataset dataset) {
        var all = new LinkedHashMap<String, Column>();
        dataset.inputs().forEach((name, column) -> all.put(named("input", name), column));
        dataset.targets().forEach((name, column) -> all.put(named("target", name), column));
        all.putAll(weights(dataset));
        return all;
    }

    private static SequencedMap<String, Column> weights(Dataset dataset) {
        var all = new LinkedHashMap<String, Column>();
        var common = dataset.sampleWeight();
        if (common != null) {
            all.put("sampleWeight", common);
        }
        dataset.sampleWeights()
                .forEach((target, column) -> all.put("sampleWeight of \"" + target + "\"", column));
        return all;
    }

    static void check(Dataset dataset) {
        var all = parts(dataset);
        var faults = new ArrayList<String>();
        all.forEach((name, column) -> {
            if (column.shape().rank() == 0) {
                faults.add(name + " is a single number, not an array of samples");
            }
        });
        if (all.values().stream().mapToInt(Column::rows).distinct().count() > 1) {
            var lengths = new ArrayList<String>();
            all.forEach((name, column) -> lengths.add(name + " has " + rows(column)));
            faults.add(
                    "every part needs the same number of rows, but " + String.join(", ", lengths));
        }
        weights(dataset)
                .forEach((name, weight) -> {
                    if (weight.sampleElements() != 1) {
                        faults.add(
                                name
                                        + " needs one number for each sample, but a sample is "
                                        + weight.sampleShape());
                    }
                });
        if (!faults.isEmpty()) {
            throw new DataException(
                    "Dataset: "
                            + numbered(faults)
                            + " Give arrays of the same samples, one row for each.");
        }
    }

    static void requireFinite(Dataset dataset, String where) {
        parts(dataset)
                .forEach((name, column) -> {
                    boolean fractions =
                            switch (column.dtype()) {
                                case FLOAT16, FLOAT32, FLOAT64 -> true;
                                default -> false;
                            };
                    if (fractions && !column.isOnDemand()) {
                        requireFinite(where, name, column);
                    }
                });
    }

    private static void requireFinite(String where, String name, Column column) {
        float[] sample = new float[column.sampleElements()];
        var memory = MemorySegment.ofArray(sample);
        for (int row = 0; row < column.rows(); row++) {
            column.copyRange(row, 1, memory, 0);
            for (int i = 0; i < sample.length; i++) {
                if (!Float.isFinite(sample[i])) {
                    throw new DataException(
                            where
                                    + ": row "
                                    + row
                                    + " of "
                                    + name
                                    + " holds "
                                    + sample[i]
                                    + " at element "
                                    + i
                                    + ". Mend the value or leave the row out; training would spread it to all weights.");
                }
            }
        }
    }

    static String sha256(Dataset dataset) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
                for (var part : parts(dataset).entrySet()) {
                    out.write((part.getKey() + "\n").getBytes(StandardCharsets.UTF_8));
                    Npy.write(out, part.getValue());
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException | IOException e) {
            throw new AssertionError("every Java has SHA-256, and nothing is written", e);
        }
    }

    static String fingerprint(Dataset dataset) {
        var sum = new CRC32();
        parts(dataset)
                .forEach((name, column) -> {
                    sum.update((name + column.shape()).getBytes(StandardCharsets.UTF_8));
                    if (!column.isOnDemand()) {
                        var sample = ByteBuffer.allocate(4 * column.sampleElements());
                        int count = Math.min(column.rows(), FINGERPRINT_SAMPLES);
                        for (int i = 0; i < count; i++) {
                            long row = (long) i * column.rows() / count;
                            column.copyRange((int) row, 1, MemorySegment.ofBuffer(sample), 0);
                            sum.update(sample.array());
                        }
                    }
                });
        return HexFormat.of().toHexDigits(sum.getValue(), 8);
    }

    private static String named(String kind, String name) {
        config(!name.isBlank(), "Dataset: an %s needs a name, but \"%s\" was given.", kind, name);
        return kind + " \"" + name + "\"";
    }

    private static String rows(Column column) {
        return column.rows() + (column.rows() == 1 ? " row" : " rows");
    }

    private static String numbered(List<String> faults) {
        if (faults.size() == 1) {
            return faults.getFirst() + ".";
        }
        var text = new StringBuilder();
        for (int i = 0; i < faults.size(); i++) {
            text.append(i == 0 ? "" : " ")
                    .append('(')
                    .append(i + 1)
                    .append(") ")
                    .append(faults.get(i))
                    .append('.');
        }
        return text.toString();
    }

    static void batchSize(int batchSize) {
        config(batchSize >= 1, "Batches: the batch size must be at least 1, but is %d.", batchSize);
    }
}
