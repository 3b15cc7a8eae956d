package dev.gnomon.cli;

import dev.gnomon.check.Check;
import dev.gnomon.check.DataException;
import dev.gnomon.cli.FittedPictures.Fitting;
import dev.gnomon.data.ClockDataset;
import dev.gnomon.data.Csv;
import dev.gnomon.tensor.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A folder of pictures of clocks with a file `labels.csv` that tells their times: lines that begin with file, hour, minute.
final class ClockPhotos {
    private static final String LABELS = "labels.csv";
    private static final List<String> HEADER = List.of("file", "hour", "minute");

    private ClockPhotos() {}

    static boolean areIn(Path folder) {
        Path labels = folder.resolve(LABELS);
        return Files.isRegularFile(labels) && beginsWith(Csv.header(labels));
    }

    /// Says what the labels must begin with, where pictures are in a folder with others.
    static void checkLabels(Path folder) {
        Path labels = folder.resolve(LABELS);
        if (Files.isRegularFile(labels) && !areIn(folder)) {
            throw new DataException(
                    labels
                            + ": begins with "
                            + String.join(",", Csv.header(labels))
                            + "; where it tells the times of photographs, its first line must begin with "
                            + String.join(",", HEADER)
                            + ".");
        }
    }

    private static boolean beginsWith(List<String> header) {
        return header.size() >= HEADER.size() && header.subList(0, HEADER.size()).equals(HEADER);
    }

    /// Reads the pictures in a size.
    static ClockDataset read(Path folder, int size) {
        Path labels = folder.resolve(LABELS);
        var lines = Csv.readText(labels);
        List<Path> files = new ArrayList<>();
        int[] times = new int[lines.size() - 1];
        for (int i = 0; i < times.length; i++) {
            var line = lines.get(i + 1);
            times[i] = time(labels, i, line);
            files.add(folder.resolve(line.getFirst()));
        }
        Check.data(
                times.length > 0,
                "%s: tells of no picture; wanted is a line file,hour,minute for each.",
                labels);
        var pictures = FittedPictures.of(files, Shape.of(size, size), Fitting.PHOTOGRAPH);
        return ClockDataset.of(pictures, times)
                .withDetail(FittedPictures.onDemand(files, ClockLooks.DETAIL * size));
    }

    private static int time(Path labels, int row, List<String> line) {
        if (line.size() >= HEADER.size()
                && line.get(1).matches("\\d{1,2}")
                && line.get(2).matches("\\d{1,2}")) {
            int hour = Integer.parseInt(line.get(1));
            int minute = Integer.parseInt(line.get(2));
            if (ClockDataset.isTime(hour, minute)) {
                return ClockDataset.time(hour, minute);
            }
        }
        throw new DataException(
                "%s: picture %d is told of as %s; wanted are file, hour from 0 to 12, and minute from 0 to 59."
                        .formatted(labels, row + 1, String.join(",", line)));
    }
}
