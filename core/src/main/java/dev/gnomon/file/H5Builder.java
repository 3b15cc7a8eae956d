package dev.gnomon.file;

import dev.gnomon.check.FormatException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Makes an [H5Group] tree from paths; groups on the way are made when they are first named. Not thread-safe.
///
/// ```java
/// var tree = new H5Builder()
///         .put("layers/dense/vars/0", H5Array.of(kernel))
///         .attribute("layers/dense/vars", "name", H5Text.of("hidden"))
///         .build();
/// ```
public final class H5Builder {
    private final Map<String, H5Builder> groups = new LinkedHashMap<>();
    private final Map<String, H5Dataset> datasets = new LinkedHashMap<>();
    private final Map<String, H5Value> attributes = new LinkedHashMap<>();

    /// Makes sure that the group at the path exists.
    public H5Builder group(String path) {
        at(path);
        return this;
    }

    /// Puts a dataset without attributes at the path.
    public H5Builder put(String path, H5Value value) {
        return put(path, new H5Dataset(value));
    }

    /// Puts a dataset at the path.
    public H5Builder put(String path, H5Dataset dataset) {
        int slash = path.lastIndexOf('/');
        H5Builder parent = at(path.substring(0, Math.max(0, slash)));
        parent.datasets.put(path.substring(slash + 1), dataset);
        return this;
    }

    /// Gives the group at the path an attribute; the empty path is the root.
    public H5Builder attribute(String path, String name, H5Value value) {
        at(path).attributes.put(name, value);
        return this;
    }

    /// The tree as built so far.
    public H5Group build() {
        Map<String, H5Group> built = new LinkedHashMap<>();
        groups.forEach((name, group) -> built.put(name, group.build()));
        return new H5Group(built, datasets, attributes);
    }

    private H5Builder at(String path) {
        H5Builder at = this;
        for (String name : path.isEmpty() ? new String[0] : path.split("/", -1)) {
            if (name.isEmpty()) {
                throw new FormatException("HDF5 path: \"" + path + "\" has an empty name in it.");
            }
            at = at.groups.computeIfAbsent(name, _ -> new H5Builder());
        }
        return at;
    }
}
