package dev.gnomon.file;

/// What a dataset or an attribute of an HDF5 file holds: numbers or texts.
public sealed interface H5Value permits H5Array, H5Text {
    /// The sizes of the axes; empty for a single value.
    int[] dims();
}
