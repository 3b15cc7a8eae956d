package dev.gnomon.data;

import java.nio.file.Path;

/// What was found where a file of a known data set should be.
///
/// @param file the file looked at
/// @param state whether it is right
/// @param detail what was found, as the end of a sentence about the file
public record FileCheck(Path file, State state, String detail) {
    /// Whether a file is right.
    public enum State {
        RIGHT,
        MISSING,
        CHANGED
    }

    /// Whether the file is there and is the known one.
    public boolean isRight() {
        return state == State.RIGHT;
    }

    @Override
    public String toString() {
        return file + ": " + detail;
    }
}
