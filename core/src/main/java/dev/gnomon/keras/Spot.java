package dev.gnomon.keras;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A place in a file's configuration, where something may not be understood.
///
/// @param path where, such as `layers/conv2d/padding`
/// @param className the class that the place belongs to
/// @param faults where faults go
/// @param names the classes that are known
/// @param weightsLeft how many numbers the file holds for weights of layers that are not read yet
record Spot(
        String path, String className, Faults faults, KerasNames names, AtomicLong weightsLeft) {
    /// What a reader gives after it has told a fault.
    static final Object FAILED = new Object();

    /// The outermost place.
    ///
    /// @param weights how many numbers the file holds for weights
    static Spot root(Faults faults, KerasNames names, long weights) {
        return new Spot("", "", faults, names, new AtomicLong(weights));
    }

    /// A place whose faults nobody hears.
    static Spot silent(KerasNames names) {
        return root(new Faults(), names, Long.MAX_VALUE);
    }

    Spot at(String name) {
        String inner = path.isEmpty() ? name : path + "/" + name;
        return new Spot(inner, className, faults, names, weightsLeft);
    }

    Spot of(String newClass) {
        return new Spot(path, newClass, faults, names, weightsLeft);
    }

    Object fault(String sentence) {
        faults.add(path + " (" + className + "): " + sentence);
        return FAILED;
    }

    static boolean failed(@Nullable Object value) {
        return FAILED.equals(value);
    }
}
