package dev.gnomon.layer;

/// What a `Sequential` can be made of: an input, layers, named layers, other models.
public interface Piece {}
