package dev.gnomon.data.clock;

import dev.gnomon.check.ConfigException;
import java.util.ArrayList;
import java.util.List;

/// What to render: a set of clock pictures in the order of the time they show.
///
/// The 720 minutes of the dial are covered evenly: picture `i` of `count` shows the minute `floor(i * 720 / count)`
/// after twelve. 18,000 pictures are thus 25 views of each minute. A picture's view depends on `seed` and on its
/// index alone.
///
/// @param count number of pictures, at least 1
/// @param size width and height of a picture in pixels, at least 16
/// @param views from where the camera may look
/// @param seed start of all random draws
/// @param style which clocks are drawn
public record ClockSpec(int count, int size, Views views, long seed, ClockStyle style) {
    /// Minutes that the dial tells apart.
    static final int MINUTES = 720;

    private static final int SMALLEST_SIZE = 16;
    private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 8L;

    public ClockSpec {
        var faults = new ArrayList<String>();
        if (count < 1) {
            faults.add(
                    "count must be at least 1, but is %d. Ask for one picture or more."
                            .formatted(count));
        }
        if (size < SMALLEST_SIZE) {
            faults.add(
                    "size must be at least %d pixels, but is %d. The hands cannot be told apart on a smaller picture."
                            .formatted(SMALLEST_SIZE, size));
        }
        long bytes = saturatedBytes(count, size);
        if (faults.isEmpty() && bytes > LARGEST_ARRAY) {
            faults.add(
                    ("the pictures must fit one array of at most %d bytes, but %d pictures of %d×%d need %s. "
                                    + "Render fewer or smaller pictures, or several sets with different seeds.")
                            .formatted(
                                    LARGEST_ARRAY,
                                    count,
                                    size,
                                    size,
                                    bytes == Long.MAX_VALUE ? "more" : "" + bytes));
        }
        refuse(faults);
    }

    /// Pictures of the one scene.
    public ClockSpec(int count, int size, Views views, long seed) {
        this(count, size, views, seed, ClockStyle.SCENE);
    }

    /// The time of picture `index`, in minutes after twelve.
    int minuteOf(int index) {
        return (int) ((long) index * MINUTES / count);
    }

    private static long saturatedBytes(int count, int size) {
        long area = (long) size * size;
        return Math.multiplyHigh(count, area) == 0 && count * area >= 0
                ? count * area
                : Long.MAX_VALUE;
    }

    private static void refuse(List<String> faults) {
        if (faults.isEmpty()) {
            return;
        }
        if (faults.size() == 1) {
            throw new ConfigException("ClockSpec: " + faults.getFirst());
        }
        var text = new StringBuilder("ClockSpec: %d settings do not fit.".formatted(faults.size()));
        for (int i = 0; i < faults.size(); i++) {
            text.append("%n%d. %s".formatted(i + 1, faults.get(i)));
        }
        throw new ConfigException(text.toString());
    }
}
