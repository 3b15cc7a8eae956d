package dev.gnomon.study;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.gnomon.check.ConfigException;
import dev.gnomon.data.AtomicFile;
import dev.gnomon.file.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// The results of a study in its folder: `results.jsonl`, whose first line says what is studied and each other line holds
/// a result, and `results.csv` with a row for each. Both are replaced whole after each trial, so they are never half-written.
public final class ResultsFile {
    private static final String LINES = "results.jsonl";
    private static final String TABLE = "results.csv";

    private final Path folder;
    private final ObjectNode identity;

    /// @param folder in which the files are; it is there
    /// @param identity what the results belong to
    ResultsFile(Path folder, ObjectNode identity) {
        this.folder = folder;
        this.identity = identity;
    }

    /// The file of the results in a folder.
    public static Path in(Path folder) {
        return folder.resolve(LINES);
    }

    /// The results that are there; those of another study or of other settings are refused.
    Results read() {
        Path file = in(folder);
        if (!Files.exists(file)) {
            return Results.NONE;
        }
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    file + ": cannot be read: " + AtomicFile.reason(e) + ".", e);
        }
        if (lines.isEmpty()) {
            return Results.NONE;
        }
        check(Json.parseObject(lines.getFirst(), file + ", line 1"));
        List<TrialResult> results = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            String where = file + ", line " + (i + 1);
            results.add(TrialResult.of(Json.parseObject(lines.get(i), where), where));
        }
        return new Results(results);
    }

    private void check(ObjectNode found) {
        List<String> other = new ArrayList<>();
        identity.properties()
                .forEach(member -> {
                    String then = found.path(member.getKey()).asString("nothing");
                    String now = member.getValue().asString();
                    if (!then.equals(now)) {
                        other.add(
                                "%s was \"%s\" and is now \"%s\""
                                        .formatted(member.getKey(), then, now));
                    }
                });
        if (!other.isEmpty()) {
            throw new ConfigException(
                    "--resume: the run in "
                            + folder
                            + " is another one: "
                            + String.join("; ", other)
                            + ". Give the options it was begun with, or name another folder with --out.");
        }
    }

    void write(Results results) {
        var text = new StringBuilder(Json.write(identity)).append('\n');
        results.all().forEach(result -> text.append(Json.write(result.json())).append('\n'));
        AtomicFile.write(in(folder), text.toString());
        if (!results.isEmpty()) {
            AtomicFile.write(folder.resolve(TABLE), table(results));
        }
    }

    /// Removes the results from a folder, the lines last: while they are there, the run is seen.
    static void delete(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(TABLE));
            Files.deleteIfExists(in(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    folder + ": cannot be cleared: " + AtomicFile.reason(e) + ".", e);
        }
    }

    void deleteLeftovers() {
        AtomicFile.deleteLeftovers(in(folder));
        AtomicFile.deleteLeftovers(folder.resolve(TABLE));
    }

    private static String table(Results results) {
        Set<String> factors = new LinkedHashSet<>();
        Set<String> figures = new LinkedHashSet<>();
        for (var result : results.all()) {
            factors.addAll(result.factors().keySet());
            figures.addAll(result.figures().keySet());
        }
        var text = new StringWriter();
        try (var csv = CsvWriter.builder().build(text)) {
            List<String> header = new ArrayList<>(factors);
            header.addAll(figures);
            csv.writeRecord(header);
            for (var result : results.all()) {
                List<String> row = new ArrayList<>();
                factors.forEach(name -> row.add(result.factors().getOrDefault(name, "")));
                for (String name : figures) {
                    Double value = result.figures().get(name);
                    row.add(value == null ? "" : value.toString());
                }
                csv.writeRecord(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
