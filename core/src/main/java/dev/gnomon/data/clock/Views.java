package dev.gnomon.data.clock;

/// From where the camera may look at the clock.
public enum Views {
    /// Within 20 degrees of upright: the 12 is at the top of the picture.
    UPRIGHT(20),

    /// From any side: the 12 may be anywhere.
    ANY(180);

    private final double degrees;

    Views(double degrees) {
        this.degrees = degrees;
    }

    /// How far the camera may be turned from upright, to either side.
    double degrees() {
        return degrees;
    }
}
