package dev.gnomon.file;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A dataset of an HDF5 file: its value and its attributes, in order.
///
/// @param value the numbers or texts
/// @param attributes the attributes by name
public record H5Dataset(H5Value value, Map<String, H5Value> attributes) {
    public H5Dataset {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    public H5Dataset(H5Value value) {
        this(value, Map.of());
    }
}
