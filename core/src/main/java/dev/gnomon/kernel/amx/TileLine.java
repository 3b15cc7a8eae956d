package dev.gnomon.kernel.amx;

import dev.gnomon.kernel.Element;
import dev.gnomon.kernel.Frame;
import dev.gnomon.kernel.avx512.MachineCode;

/// Lines of pixels in parts: where rows of images are written to, with zeros between them.
///
/// @param pixels the length of the line
/// @param channels numbers of a pixel
/// @param parts the parts of a number; each has a line of its own
/// @param elementBytes bytes of a number of an image
/// @param split what writes a row
record TileLine(int pixels, int channels, int parts, int elementBytes, MachineCode split) {
    static TileLine of(int pixels, int channels, int parts, Element element) {
        long plane = 2L * pixels * channels;
        return new TileLine(
                pixels,
                channels,
                parts,
                Math.toIntExact(element.bytes()),
                TileWriter.split(element, parts, plane));
    }

    /// Bytes from a part to the next.
    long plane() {
        return 2L * pixels * channels;
    }

    long bytes() {
        return parts * plane();
    }

    void clear(long line) {
        Frame.zero(line, line + bytes());
    }

    /// Writes a row of an image.
    ///
    /// @param row where the row lies
    /// @param width its pixels
    /// @param at the pixel of the line where it goes
    void write(long table, long row, int width, long line, int at) {
        MachineCode.put(table, TileWriter.FROM, row);
        MachineCode.put(table, TileWriter.TO, line + 2L * at * channels);
        split.run(table, (long) width * channels / Tiles.ROWS, 0);
    }

    /// Writes a row of zeros.
    void zero(int width, long line, int at) {
        for (int part = 0; part < parts; part++) {
            long to = line + part * plane() + 2L * at * channels;
            Frame.zero(to, to + 2L * width * channels);
        }
    }
}
