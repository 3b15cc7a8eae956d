package dev.gnomon.data.clock;

/// A point or direction of the scene: `x` towards the 3, `y` towards the 12, `z` up from the floor.
record Vector(double x, double y, double z) {
    Vector plus(Vector other, double factor) {
        return new Vector(x + factor * other.x, y + factor * other.y, z + factor * other.z);
    }

    double dot(Vector other) {
        return x * other.x + y * other.y + z * other.z;
    }

    Vector cross(Vector other) {
        return new Vector(
                y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
    }

    Vector unit() {
        double length = Math.sqrt(dot(this));
        return new Vector(x / length, y / length, z / length);
    }

    /// The point at `distance` from the origin, `azimuth` with the clock from the 12, both angles in degrees.
    static Vector polar(double distance, double azimuth, double elevation) {
        double flat = distance * StrictMath.cos(Math.toRadians(elevation));
        return new Vector(
                flat * StrictMath.sin(Math.toRadians(azimuth)),
                flat * StrictMath.cos(Math.toRadians(azimuth)),
                distance * StrictMath.sin(Math.toRadians(elevation)));
    }
}
