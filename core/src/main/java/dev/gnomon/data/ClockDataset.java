package dev.gnomon.data;

import static dev.gnomon.check.Check.data;

import dev.gnomon.check.DataException;
import dev.gnomon.data.clock.ClockRenderer;
import dev.gnomon.data.clock.ClockSpec;
import dev.gnomon.data.clock.Clocks;
import dev.gnomon.data.transform.Interpolation;
import dev.gnomon.data.transform.Resize;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.DType;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Pictures of clocks with the times they show: what is learned from them in several forms, how a prediction is read, and
/// how far off it is.
///
/// A time is told in minutes after twelve, 0 to 719. The pictures are rendered, or read from a folder with `images.npy`,
/// `labels.npy` and, where there is one, `points.npy`.
///
/// | target | of a sample | |
/// |---|---|---|
/// | [#TIME] | `[4]` | sine and cosine of the hour hand's angle, then of the minute hand's |
/// | [#POINTS] | `[14]` | x and y of the centre, the 12, 3, 6 and 9, the tips of the hour hand and of the minute hand; only rendered pictures have them |
/// | any other name | `[]` | the time as one of 720 classes |
///
/// Immutable and safe to use from many threads.
public final class ClockDataset {
    /// The name of the output that tells the time by the hands' angles.
    public static final String TIME = "time";

    /// The name of the output that tells where the parts of the dial are.
    public static final String POINTS = "points";

    private static final String IMAGES = "images.npy";
    private static final String POINTS_FILE = "points.npy";
    private static final String LABELS = "labels.npy";
    private static final String NEW = ".new";

    /// The times that a dial tells apart.
    public static final int MINUTES = 720;

    private final Column images;
    private final Column detail;
    private final int[] times;
    private final @Nullable Column points;

    private ClockDataset(Column images, int[] times, @Nullable Column points) {
        this(images, images, times, points);
    }

    private ClockDataset(Column images, Column detail, int[] times, @Nullable Column points) {
        this.images = images;
        this.detail = detail;
        this.times = times;
        this.points = points;
    }

    /// The rendered set of a description, in the order of the times: from the folder where it was kept the last time, else
    /// rendered and kept there. Runs at the same time, killed ones and damaged files do no harm.
    ///
    /// @param cache the folder in which sets are kept; made where it is missing
    /// @param threads how many threads render
    /// @param progress told how many pictures are done, on the calling thread; not called where the set was kept
    public static ClockDataset rendered(
            ClockSpec spec, Path cache, int threads, IntConsumer progress) {
        return ClockCache.get(spec, cache, threads, progress);
    }

    /// Pictures that are drawn each time they are read; only their times are kept in memory: all minutes of the dial, again and
    /// again.
    ///
    /// @param spec what they look like; its count is of no effect
    /// @param first the index of the first in the set of that description: pictures of other indices are other pictures
    /// @param rows how many there are
    public static ClockDataset drawn(ClockSpec spec, int first, int rows) {
        var drawn = new DrawnClocks(spec, first);
        int[] times = new int[rows];
        for (int row = 0; row < rows; row++) {
            times[row] = DrawnClocks.time(row);
        }
        return new ClockDataset(drawn.images(rows), times, drawn.points(rows));
    }

    /// Pictures of clocks with their times.
    ///
    /// @param images grey, `[n, height, width]`
    /// @param times in minutes after twelve, 0 to 719
    public static ClockDataset of(Column images, int[] times) {
        data(
                images.rows() == times.length,
                "ClockDataset.of: there are %d pictures, but %d times.",
                images.rows(),
                times.length);
        return new ClockDataset(images, times.clone(), null);
    }

    /// Rendered pictures, as they are in memory.
    static ClockDataset of(Clocks clocks) {
        int[] times = new int[clocks.count()];
        for (int i = 0; i < times.length; i++) {
            times[i] = time(clocks.hours()[i], clocks.minutes()[i]);
        }
        return new ClockDataset(images(clocks), times, points(clocks));
    }

    private static Column images(Clocks clocks) {
        return Column.of(clocks.images(), clocks.count(), clocks.size(), clocks.size());
    }

    private static Column points(Clocks clocks) {
        return Column.of(clocks.points(), clocks.count(), Clocks.POINT_VALUES);
    }

    /// Renders a set and writes `images.npy` (uint8, `[n, size, size]`), `labels.npy` (int64, `[n, 2]`: hour 0 to 11,
    /// minute) and `points.npy` (float32, `[n, 14]`) into a folder, which is made where it is missing.
    public static void render(ClockSpec spec, Path folder, int threads, IntConsumer progress) {
        write(ClockRenderer.render(spec, threads, progress), folder);
    }

    /// All arrays are written under other names first, then take their own. Old labels go before that and the new ones come
    /// last: where labels are, all is there and belongs together, however the process ended.
    static void write(Clocks clocks, Path folder) {
        int count = clocks.count();
        long[] labels = new long[2 * count];
        for (int i = 0; i < count; i++) {
            labels[2 * i] = clocks.hours()[i];
            labels[2 * i + 1] = clocks.minutes()[i];
        }
        try {
            Files.createDirectories(folder);
            Path[] ready = {
                written(folder, IMAGES, images(clocks)),
                written(folder, POINTS_FILE, points(clocks)),
                written(folder, LABELS, Column.of(labels, count, 2))
            };
            Files.deleteIfExists(folder.resolve(LABELS));
            for (Path file : ready) {
                String name = String.valueOf(file.getFileName());
                Path to = folder.resolve(name.substring(0, name.length() - NEW.length()));
                Files.move(file, to, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    folder + ": clocks cannot be written: " + AtomicFile.reason(e) + ".", e);
        }
    }

    private static Path written(Path folder, String name, Column column) {
        Path file = folder.resolve(name + NEW);
        Npy.write(file, column);
        return file;
    }

    /// Whether a folder holds anything that rendered clocks would replace.
    public static boolean isAnyIn(Path folder) {
        return Files.exists(folder.resolve(LABELS))
                || Files.exists(folder.resolve(IMAGES))
                || Files.exists(folder.resolve(POINTS_FILE));
    }

    /// Whether a folder holds pictures of clocks.
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(LABELS))
                && Files.isRegularFile(folder.resolve(IMAGES));
    }

    /// Grey pictures, `[n, size, size]`, or with one channel behind.
    private static Column pictures(Path file) {
        var images = Npy.read(file);
        var shape = images.shape();
        data(images.rows() > 0, "%s: holds no picture.", file);
        boolean square =
                (shape.rank() == 3 || (shape.rank() == 4 && shape.dim(3) == 1))
                        && shape.dim(1) == shape.dim(2)
                        && shape.dim(0) > 0;
        data(
                square && images.dtype() == DType.UINT8,
                "%s: wanted are grey square pictures, uint8 [n, size, size], but it holds %s %s.",
                file,
                images.dtype(),
                shape);
        return images.withSampleShape(shape.dim(1), shape.dim(2));
    }

    /// Reads a folder with `images.npy` (uint8, `[n, size, size]`) and `labels.npy` (whole numbers, `[n, 2]`: hour 0 to 12,
    /// minute 0 to 59), in their order.
    public static ClockDataset read(Path folder) {
        var images = pictures(folder.resolve(IMAGES));
        var labels = Npy.read(folder.resolve(LABELS));
        data(
                labels.shape().rank() == 2
                        && labels.sampleElements() == 2
                        && labels.rows() == images.rows(),
                "%s: labels.npy must hold hour and minute of each picture, [%d, 2], but holds %s.",
                folder,
                images.rows(),
                labels.shape());
        int[] times = new int[labels.rows()];
        for (int i = 0; i < times.length; i++) {
            double hour = labels.valueAt(i, 0);
            double minute = labels.valueAt(i, 1);
            if (hour != Math.rint(hour)
                    || minute != Math.rint(minute)
                    || !isTime((int) hour, (int) minute)) {
                throw new DataException(
                        "%s: row %d holds the time %s:%s; wanted are hours from 0 to 11 (12 is taken for 0) and minutes from 0 to 59."
                                .formatted(
                                        folder.resolve(LABELS),
                                        i,
                                        Csv.text(hour),
                                        Csv.text(minute)));
            }
            times[i] = time((int) hour, (int) minute);
        }
        return new ClockDataset(images, times, points(folder.resolve(POINTS_FILE), times.length));
    }

    private static @Nullable Column points(Path file, int rows) {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        var points = Npy.read(file);
        data(
                points.shape().equals(Shape.of(rows, Clocks.POINT_VALUES)),
                "%s: must hold %d values for each of the %d pictures, but holds %s. Where it belongs to other pictures, remove it.",
                file,
                Clocks.POINT_VALUES,
                rows,
                points.shape());
        return points;
    }

    /// Whether there is such a time on a dial: hours from 0 to 12, minutes from 0 to 59.
    public static boolean isTime(int hour, int minute) {
        return hour >= 0 && hour <= 12 && minute >= 0 && minute <= 59;
    }

    /// Minutes after twelve.
    public static int time(int hour, int minute) {
        return 60 * (hour % 12) + minute;
    }

    /// How many pictures there are.
    public int size() {
        return times.length;
    }

    /// The pictures, `[n, height, width]`: uint8, or float32 where they were resized.
    public Column images() {
        return images;
    }

    /// The same pictures, grey and square as well, with all that was seen before they were made smaller.
    public Column detail() {
        return detail;
    }

    /// The same with pictures that show more.
    ///
    /// @param detail as many, grey and square
    public ClockDataset withDetail(Column detail) {
        data(
                detail.rows() == size(),
                "ClockDataset.withDetail: there are %d clocks, but %d pictures.",
                size(),
                detail.rows());
        return new ClockDataset(images, detail, times, points);
    }

    /// The time of a picture in minutes after twelve.
    public int time(int row) {
        return times[row];
    }

    /// The times of all pictures, in minutes after twelve.
    public int[] times() {
        return times.clone();
    }

    /// The pictures of the given rows in their order.
    public ClockDataset select(int[] rows) {
        int[] selected = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            selected[i] = times[rows[i]];
        }
        return new ClockDataset(
                images.select(rows),
                detail.select(rows),
                selected,
                points == null ? null : points.select(rows));
    }

    /// The same clocks in pictures of another size, all made now: in smaller ones each pixel is the mean of those it covers.
    /// What they showed before is their [#detail].
    ///
    /// @param size width and height of the pictures
    public ClockDataset resized(int size) {
        Column resized =
                images.withSampleShape(images.shape().dim(1), images.shape().dim(2), 1)
                        .map(new Resize(size, size).withInterpolation(Interpolation.AREA))
                        .cached()
                        .withSampleShape(size, size);
        return new ClockDataset(resized, detail, times, points);
    }

    /// Training, validation and test part: shuffled by the seed, then cut 80/10/10.
    public List<ClockDataset> split(long seed) {
        return split(seed, 0.8, 0.1, 0.1);
    }

    /// Parts of these shares: shuffled by the seed, then cut.
    public List<ClockDataset> split(long seed, double... fractions) {
        int[] order = Key.of(seed).child("clocks/split").permutation(size());
        int[] cuts = Splits.cuts(size(), fractions);
        return IntStream.range(0, fractions.length)
                .mapToObj(part -> select(Arrays.copyOfRange(order, cuts[part], cuts[part + 1])))
                .toList();
    }

    /// Whether it is known where centre, numerals and tips are.
    public boolean hasPoints() {
        return points != null;
    }

    /// The samples with the targets that a model with these outputs learns from; without points where they are not known.
    public Dataset dataset(List<String> outputs) {
        var set = Dataset.of(images);
        for (String output : outputs) {
            var target = target(output);
            if (target != null) {
                set = set.withTarget(output, target);
            }
        }
        return set;
    }

    private @Nullable Column target(String output) {
        return switch (output) {
            case POINTS -> points;
            case TIME -> angles();
            default -> Column.labels(times);
        };
    }

    private Column angles() {
        float[] values = new float[4 * times.length];
        for (int i = 0; i < times.length; i++) {
            double hour = 2 * Math.PI * times[i] / MINUTES;
            double minute = 2 * Math.PI * (times[i] % 60) / 60;
            values[4 * i] = (float) StrictMath.sin(hour);
            values[4 * i + 1] = (float) StrictMath.cos(hour);
            values[4 * i + 2] = (float) StrictMath.sin(minute);
            values[4 * i + 3] = (float) StrictMath.cos(minute);
        }
        return Column.of(values, times.length, 4);
    }

    /// Whether predictions of this size tell a time: four angles or 720 classes.
    public static boolean tellsTime(String output, int values) {
        return (output.equals(TIME) && values == 4) || values == MINUTES;
    }

    /// The times that predictions tell, in minutes after twelve.
    ///
    /// From angles: the minute by the minute hand, the hour by the one at which the hour hand agrees best. From classes: of the
    /// three minutes beside each other that are likeliest together, the median.
    ///
    /// @param predictions `[n, 4]`, or probabilities `[n, 720]`
    public static int[] times(Tensor predictions) {
        int width = predictions.shape().last();
        int[] told = new int[predictions.size() / width];
        for (int i = 0; i < told.length; i++) {
            told[i] =
                    width == 4
                            ? fromAngles(predictions.values(), 4 * i)
                            : fromClasses(predictions.values(), i * width);
        }
        return told;
    }

    private static int fromAngles(float[] values, int at) {
        double turn = 2 * Math.PI;
        double hourHand = Math.atan2(values[at], values[at + 1]) / turn * MINUTES;
        int minute =
                Math.floorMod(
                        Math.round(Math.atan2(values[at + 2], values[at + 3]) / turn * 60), 60);
        return Math.floorMod(minute + 60 * Math.round((hourHand - minute) / 60), MINUTES);
    }

    private static int fromClasses(float[] values, int from) {
        int middle = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int time = 0; time < MINUTES; time++) {
            double together = 0;
            for (int i = -1; i <= 1; i++) {
                together += values[from + Math.floorMod(time + i, MINUTES)];
            }
            if (together > most) {
                most = together;
                middle = time;
            }
        }
        int before = Math.floorMod(middle - 1, MINUTES);
        int after = (middle + 1) % MINUTES;
        if (2 * values[from + before] > most) {
            return before;
        }
        return 2 * values[from + after] > most ? after : middle;
    }

    /// The common-sense error: minutes from one time to another on the dial, the shorter way; at most 360.
    public static int minutesBetween(int time, int other) {
        int ahead = Math.floorMod(time - other, MINUTES);
        return Math.min(ahead, MINUTES - ahead);
    }

    /// A time as `h:mm`, with 12 for the hour 0.
    public static String text(int time) {
        return String.format(Locale.ROOT, "%d:%02d", time / 60 == 0 ? 12 : time / 60, time % 60);
    }
}
