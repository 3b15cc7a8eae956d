package dev.gnomon.data.clock;

/// From where the camera may look at the clock.
public enum Views {
    /// Within 20 degrees of upright: the 12 is at the top of the picture.
    UPRIGHT(20),

    /// From any side: the 12 may be anywhere.
    ANY(180),

    /// Two of three pictures upright, the others from any side: as photographs are taken.
    MIXED(180);

    private static final int DRAW = 63;
    private static final double UPRIGHT_SHARE = 2 / 3.0;

    private final double degrees;

    Views(double degrees) {
        this.degrees = degrees;
    }

    /// How far the camera of the picture with these draws may be turned from upright, to either side.
    double degrees(Draws draws) {
        boolean upright = this == MIXED && draws.between(DRAW, 0, 1) < UPRIGHT_SHARE;
        return upright ? UPRIGHT.degrees : degrees;
    }
}
