package dev.gnomon.kernel.amx;

import dev.gnomon.kernel.Element;
import dev.gnomon.kernel.Frame;
import dev.gnomon.kernel.avx512.MachineCode;
import dev.gnomon.tensor.Shape;

/// Lines of pixels in parts: where rows of images are written to, with zeros between them.
///
/// @param pixels the length of the line
/// @param image the shape of an image, of which the last axis are the numbers of a pixel
/// @param pitch pixels of the line from a row to the next; 0 where pixels are written, but no rows
/// @param parts the parts of a number; each has a line of its own
/// @param elementBytes bytes of a number of an image
/// @param split what writes a row
record TileLine(
        int pixels, Shape image, int pitch, int parts, int elementBytes, MachineCode split) {
    static TileLine of(int pixels, Shape image, int pitch, int parts, Element element) {
        long plane = 2L * pixels * image.last();
        return new TileLine(
                pixels,
                image,
                pitch,
                parts,
                Math.toIntExact(element.bytes()),
                TileArrangement.split(element, parts, plane));
    }

    int channels() {
        return image.last();
    }

    /// Bytes from a part to the next.
    long plane() {
        return 2L * pixels * channels();
    }

    long bytes() {
        return parts * plane();
    }

    void clear(long line) {
        Frame.zero(line, line + bytes());
    }

    /// Writes rows of an image to the line that lies at `line`.
    ///
    /// @param from where the image lies; 0 where there is none
    /// @param first the first row; those that the image does not have are zeros
    /// @param at the pixel of the line where the first row's first pixel goes
    void writeRows(Frame frame, long line, long from, int first, int count, int at) {
        int width = image.dim(2);
        for (int i = 0; i < count; i++) {
            int row = first + i;
            if (from == 0 || row < 0 || row >= image.dim(1)) {
                zero(line, width, at + i * pitch);
            } else {
                long pixels = from + (long) elementBytes * channels() * width * row;
                write(frame, line, pixels, width, at + i * pitch);
            }
        }
    }

    /// Writes some pixels.
    ///
    /// @param at the pixel of the line where they go
    void write(Frame frame, long line, long pixels, int count, int at) {
        long table = frame.conversion();
        MachineCode.put(table, TileWriter.FROM, pixels);
        MachineCode.put(table, TileWriter.TO, line + 2L * at * channels());
        split.run(table, (long) count * channels() / Tiles.ROWS, 0);
    }

    private void zero(long line, int count, int at) {
        for (int part = 0; part < parts; part++) {
            long to = line + part * plane() + 2L * at * channels();
            Frame.zero(to, to + 2L * count * channels());
        }
    }
}
