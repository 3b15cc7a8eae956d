package dev.gnomon.data;

import static dev.gnomon.check.Check.data;

import dev.gnomon.check.DataException;
import dev.gnomon.data.ImageFolder.LabelMode;
import dev.gnomon.data.transform.Resize;
import dev.gnomon.tensor.DType;
import dev.gnomon.tensor.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The pictures of a folder and their classes.
///
/// @param files in the order of the classes, sorted
/// @param classes of the files; 0 where there are none
/// @param classNames in the order of their numbers; empty where there are none
record ImageListing(List<Path> files, List<Integer> classes, List<String> classNames) {
    static ImageListing of(ImageFolder settings) {
        Path folder = settings.folder();
        data(
                Files.isDirectory(folder),
                "%s: there is no such folder of pictures.",
                folder.toAbsolutePath());
        try {
            boolean labelled = settings.labelMode() != LabelMode.NONE;
            var found =
                    new ImageListing(
                            new ArrayList<>(),
                            new ArrayList<>(),
                            labelled ? classes(settings) : List.of());
            if (!labelled) {
                found.add(folder, 0);
            }
            for (int i = 0; i < found.classNames.size(); i++) {
                found.add(folder.resolve(found.classNames.get(i)), i);
            }
            data(
                    !found.files.isEmpty(),
                    "%s: holds no pictures (%s)%s.",
                    folder,
                    String.join(", ", ImageFolder.SUFFIXES),
                    labelled ? " in folders of classes" : "");
            return found;
        } catch (IOException | UncheckedIOException e) {
            throw new DataException(folder + ": cannot be listed: " + e.getMessage() + ".", e);
        }
    }

    private static List<String> classes(ImageFolder settings) throws IOException {
        List<String> there;
        try (var entries = Files.list(settings.folder())) {
            there =
                    entries.filter(Files::isDirectory)
                            .map(entry -> String.valueOf(entry.getFileName()))
                            .filter(name -> !name.startsWith("."))
                            .sorted()
                            .toList();
        }
        var wanted = settings.classNames();
        data(
                there.containsAll(wanted),
                "%s: the classes %s were asked for, but the folders are %s.",
                settings.folder(),
                wanted,
                there);
        var classes = wanted.isEmpty() ? there : wanted;
        data(
                settings.labelMode() != LabelMode.BINARY || classes.size() == 2,
                "%s: the label mode BINARY needs two classes, but there are %d: %s.",
                settings.folder(),
                classes.size(),
                classes);
        return classes;
    }

    private void add(Path folder, int number) throws IOException {
        try (var walk = Files.walk(folder)) {
            walk.filter(ImageListing::isPicture)
                    .sorted(
                            Comparator.comparing((Path file) -> String.valueOf(file.getParent()))
                                    .thenComparing(file -> String.valueOf(file.getFileName())))
                    .forEach(file -> {
                        files.add(file);
                        classes.add(number);
                    });
        }
    }

    private static boolean isPicture(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return ImageFolder.SUFFIXES.stream().anyMatch(name::endsWith) && Files.isRegularFile(file);
    }

    Dataset dataset(ImageFolder settings) {
        int channels = settings.colorMode().channels();
        var images =
                Column.of(
                        files.size(),
                        Shape.of(settings.height(), settings.width(), channels),
                        DType.FLOAT32,
                        (row, sample) -> read(files.get(row), settings, sample));
        var all = Dataset.of(images);
        return settings.labelMode() == LabelMode.NONE
                ? all
                : all.withTarget(Dataset.Y, labels(settings.labelMode()))
                        .withClassNames(classNames);
    }

    private Column labels(LabelMode mode) {
        int count = classes.size();
        int width = mode == LabelMode.CATEGORICAL ? classNames.size() : 1;
        float[] values = new float[count * width];
        for (int i = 0; i < count; i++) {
            int number = classes.get(i);
            if (mode == LabelMode.CATEGORICAL) {
                values[i * width + number] = 1;
            } else {
                values[i] = number;
            }
        }
        return mode == LabelMode.INT
                ? Column.labels(classes.stream().mapToInt(Integer::intValue).toArray())
                : Column.of(values, count, width);
    }

    private static void read(Path file, ImageFolder settings, MemorySegment sample) {
        var image = PictureFiles.read(file);
        int channels = settings.colorMode().channels();
        var step =
                new Resize(settings.height(), settings.width())
                        .withInterpolation(settings.interpolation())
                        .withFit(
                                settings.fit() == Resize.Fit.PAD
                                        ? Resize.Fit.LETTERBOX
                                        : settings.fit())
                        .prepare(Shape.of(image.getHeight(), image.getWidth(), channels));
        float[] values = new float[settings.height() * settings.width() * channels];
        step.apply(Images.values(image, channels), values);
        MemorySegment.copy(values, 0, sample, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, values.length);
    }
}
