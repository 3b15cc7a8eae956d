package dev.gnomon.data.clock;

/// Rendered clocks: pictures, the times they show, and where the parts of the dial are in them.
///
/// The arrays are the ones the renderer filled, not copies; a reader leaves them as they are.
///
/// | | shape | |
/// |---|---|---|
/// | `images` | `[count, size, size]` | grey, 0 black to 255 white, unsigned |
/// | `hours` | `[count]` | 0 to 11 |
/// | `minutes` | `[count]` | 0 to 59 |
/// | `points` | `[count, 14]` | x and y of centre, 12, 3, 6, 9, tip of the hour hand, tip of the minute hand |
///
/// A point is in units of the picture's size, `x` to the right and `y` down from the upper left corner, so inside the
/// picture both lie in [0, 1]. In the closest views a point may lie outside.
public final class Clocks {
    /// Floats that `points` holds for each picture.
    public static final int POINT_VALUES = 14;

    private final int size;
    private final byte[] images;
    private final int[] hours;
    private final int[] minutes;
    private final float[] points;

    /// Room for `count` pictures of `size`×`size`.
    Clocks(int count, int size) {
        this.size = size;
        images = new byte[count * size * size];
        hours = new int[count];
        minutes = new int[count];
        points = new float[count * POINT_VALUES];
    }

    /// Number of pictures.
    public int count() {
        return hours.length;
    }

    /// Width and height of each picture in pixels.
    public int size() {
        return size;
    }

    /// Grey values, picture after picture, row after row from the top.
    public byte[] images() {
        return images;
    }

    /// Hours shown, 0 (for twelve) to 11.
    public int[] hours() {
        return hours;
    }

    /// Minutes shown, 0 to 59.
    public int[] minutes() {
        return minutes;
    }

    /// Centre, 12, 3, 6, 9, hour tip and minute tip of each picture, [#POINT_VALUES] floats a picture.
    public float[] points() {
        return points;
    }
}
