package dev.gnomon.data;

/// The archive (`.tar.gz`) in which the files of a known data set are handed out.
///
/// @param name the name of the archive
/// @param folder the folder in it that holds the files
public record KnownArchive(String name, String folder) {}
