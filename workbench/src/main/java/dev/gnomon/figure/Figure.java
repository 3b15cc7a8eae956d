package dev.gnomon.figure;

/// A drawing with its name and what it shows.
///
/// @param name of its file, without ending
/// @param caption a sentence or two: what is seen, and what follows from it
/// @param svg the drawing
public record Figure(String name, String caption, Svg svg) {}
