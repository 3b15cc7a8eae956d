/// The files that Keras reads and writes: HDF5 trees, the `.keras` container, JSON, and safe writing.
///
/// Nothing in a file is ever executed, every size is checked against the file before memory is taken, and whatever is
/// wrong with a file ends in a [dev.gnomon.check.FormatException] that names the file and the place in it.
@org.jspecify.annotations.NullMarked
package dev.gnomon.file;
