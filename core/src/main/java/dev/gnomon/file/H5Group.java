package dev.gnomon.file;

import dev.gnomon.check.FormatException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A group of an HDF5 file with everything below it. Immutable; equal by value, whatever the order.
///
/// Trees are made with [H5Builder] and read with the look-ups here, whose paths are relative and written
/// `layers/dense/vars/0`.
///
/// @param groups the groups in this one by name, in order
/// @param datasets the datasets in this group by name, in order
/// @param attributes the attributes of this group by name, in order
public record H5Group(
        Map<String, H5Group> groups,
        Map<String, H5Dataset> datasets,
        Map<String, H5Value> attributes) {
    /// A group without anything in it.
    public static final H5Group EMPTY = new H5Group(Map.of(), Map.of(), Map.of());

    public H5Group {
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
        datasets = Collections.unmodifiableMap(new LinkedHashMap<>(datasets));
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        for (String name : groups.keySet()) {
            if (datasets.containsKey(name)) {
                throw new FormatException(
                        "HDF5 group: \"" + name + "\" is both a group and a dataset.");
            }
        }
    }

    /// The group at a path, or null; the empty path is this group.
    public @Nullable H5Group group(String path) {
        H5Group at = this;
        for (String name : path.isEmpty() ? new String[0] : path.split("/", -1)) {
            at = at.groups.get(name);
            if (at == null) {
                return null;
            }
        }
        return at;
    }

    /// The dataset at a path, or null.
    public @Nullable H5Dataset dataset(String path) {
        int slash = path.lastIndexOf('/');
        H5Group parent = group(path.substring(0, Math.max(0, slash)));
        return parent == null ? null : parent.datasets.get(path.substring(slash + 1));
    }

    /// The numbers at a path, or null where there is no dataset or it holds texts.
    public @Nullable H5Array array(String path) {
        H5Dataset dataset = dataset(path);
        return dataset != null && dataset.value() instanceof H5Array array ? array : null;
    }

    /// The single text of an attribute of this group, or null.
    public @Nullable String text(String attribute) {
        return attributes.get(attribute) instanceof H5Text text && text.values().size() == 1
                ? text.value()
                : null;
    }

    /// All datasets of the tree by path, each group's own before those of the groups in it.
    public Map<String, H5Dataset> allDatasets() {
        Map<String, H5Dataset> all = new LinkedHashMap<>();
        collect("", all);
        return all;
    }

    private void collect(String prefix, Map<String, H5Dataset> all) {
        datasets.forEach((name, dataset) -> all.put(prefix + name, dataset));
        groups.forEach((name, group) -> group.collect(prefix + name + "/", all));
    }
}
