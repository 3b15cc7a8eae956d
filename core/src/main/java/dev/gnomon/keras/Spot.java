package dev.gnomon.keras;

import org.jspecify.annotations.Nullable;

/// A place in a file's configuration, where something may not be understood.
///
/// @param path where, such as `layers/conv2d/padding`
/// @param className the class that the place belongs to
/// @param faults where faults go
/// @param names the classes that are known
record Spot(String path, String className, Faults faults, KerasNames names) {
    /// What a reader gives after it has told a fault.
    static final Object FAILED = new Object();

    Spot at(String name) {
        return new Spot(path.isEmpty() ? name : path + "/" + name, className, faults, names);
    }

    Spot of(String newClass) {
        return new Spot(path, newClass, faults, names);
    }

    /// A place whose faults nobody hears.
    Spot silent() {
        return new Spot(path, className, new Faults(), names);
    }

    Object fault(String sentence) {
        faults.add(path + " (" + className + "): " + sentence);
        return FAILED;
    }

    static boolean failed(@Nullable Object value) {
        return FAILED.equals(value);
    }
}
