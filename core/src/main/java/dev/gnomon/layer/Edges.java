package dev.gnomon.layer;

/// Sizes at the four edges of an image.
public record Edges(int top, int bottom, int left, int right) {}
