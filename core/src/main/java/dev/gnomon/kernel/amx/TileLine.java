package dev.gnomon.kernel.amx;

import dev.gnomon.kernel.Element;
import dev.gnomon.kernel.Frame;
import dev.gnomon.kernel.avx512.MachineCode;
import dev.gnomon.tensor.Shape;

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
                TileArrangement.split(element, parts, plane));
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

    /// Some rows of an image and their places on the line.
    ///
    /// @param first the first row; those that the image does not have are zeros
    /// @param at the pixel of the line where the first row's first pixel goes
    /// @param pitch pixels of the line from a row to the next
    record Rows(int first, int count, int at, int pitch) {}

    /// Writes rows of an image to the line that lies at `line`.
    ///
    /// @param image where the image lies; 0 where there is none
    void write(Frame frame, long line, long image, Shape shape, Rows rows) {
        int width = shape.dim(2);
        for (int i = 0; i < rows.count; i++) {
            int row = rows.first + i;
            int at = rows.at + i * rows.pitch;
            if (image == 0 || row < 0 || row >= shape.dim(1)) {
                zero(line, width, at);
            } else {
                long from = image + (long) elementBytes * channels * width * row;
                write(frame, line, from, width, at);
            }
        }
    }

    /// Writes some pixels.
    ///
    /// @param at the pixel of the line where they go
    void write(Frame frame, long line, long pixels, int count, int at) {
        long table = frame.conversion();
        MachineCode.put(table, TileWriter.FROM, pixels);
        MachineCode.put(table, TileWriter.TO, line + 2L * at * channels);
        split.run(table, (long) count * channels / Tiles.ROWS, 0);
    }

    private void zero(long line, int count, int at) {
        for (int part = 0; part < parts; part++) {
            long to = line + part * plane() + 2L * at * channels;
            Frame.zero(to, to + 2L * count * channels);
        }
    }
}
