package dev.gnomon.kernel.avx512;

import dev.gnomon.kernel.avx512.Encoder.Address;

/// Writes the functions of a [ThinConvolution]: `f(table, rows)`, where the table holds four addresses and `rows` is the
/// number of rows of the result. Sums stay in registers: those of a few neighbouring pixels for the result, those of all
/// taps of the window for the gradient. Everything that a shape decides is a number in the code.
final class ConvolutionWriter {
    /// What the table holds for the forward function.
    static final int X = 0;

    static final int KERNEL = 1;
    static final int BIAS = 2;
    static final int Y = 3;

    /// What the table holds for the gradient's function, besides [#X].
    static final int DY = 1;

    static final int KERNEL_GRADIENT = 2;
    static final int BIAS_GRADIENT = 3;

    private static final int REGISTERS = 32;

    /// The pixels that one round of the gradient's loop takes.
    private static final int UNROLLED = 4;

    /// How many blocks of pixels ahead lines are fetched.
    private static final int AHEAD = 2;

    // general registers: the table in rdi, the rows that are left in rsi
    private static final int TABLE = 7;
    private static final int ROWS = 6;
    private static final int ROW = 0;
    private static final int PIXEL = 1;
    private static final int ROUNDS = 2;
    private static final int SECOND = 8;
    private static final int THIRD = 9;
    private static final int FOURTH = 10;

    private final ThinConvolution shape;
    private final Encoder out = new Encoder();

    ConvolutionWriter(ThinConvolution shape) {
        this.shape = shape;
    }

    /// How a row is cut: `wide` blocks of `pixels`, then `narrow` ones of one pixel less.
    record Cut(int pixels, int wide, int narrow) {
        static Cut of(int columns, int most) {
            int blocks = (columns + most - 1) / most;
            int pixels = (columns + blocks - 1) / blocks;
            int wide = columns - blocks * (pixels - 1);
            return new Cut(pixels, wide, blocks - wide);
        }
    }

    private interface Block {
        void write(int pixels);
    }

    /// How the forward function cuts a row: a register for each pixel and vector of channels, one for each vector of
    /// weights, and one for a pixel of the image.
    Cut forwardCut(int vectors) {
        return Cut.of(shape.columns(), (REGISTERS - vectors - 1) / vectors);
    }

    /// The result of some vectors of channels.
    byte[] forward(int vectors, boolean bias, boolean relu) {
        begin(ConvolutionWriter.KERNEL, SECOND, BIAS, THIRD, Y, FOURTH);
        int row = out.here();
        row(
                forwardCut(vectors),
                FOURTH,
                pixels -> {
                    start(pixels, vectors, bias);
                    for (int tap = 0; tap < shape.taps(); tap++) {
                        tap(pixels, vectors, tap);
                        fetchAhead(pixels, vectors, tap);
                    }
                    finish(pixels, vectors, relu);
                });
        nextRow(row);
        end();
        return out.toBytes();
    }

    /// The sums begin with the bias, or with zero.
    private void start(int pixels, int vectors, boolean bias) {
        for (int i = 0; i < pixels * vectors; i++) {
            if (bias) {
                out.memory(Simd.LOAD, i, 0, Address.of(THIRD, 64 * (i % vectors)));
            } else {
                out.registers(Simd.XOR, i, i, i);
            }
        }
    }

    private void tap(int pixels, int vectors, int tap) {
        int weights = REGISTERS - vectors;
        for (int v = 0; v < vectors; v++) {
            int at = 4 * shape.filters() * tap + 64 * v;
            out.memory(Simd.LOAD, weights + v, 0, Address.of(SECOND, at));
        }
        for (int p = 0; p < pixels; p++) {
            multiply(p * vectors, vectors, weights, weights - 1, shape.tapAt(p, tap));
        }
    }

    /// A result is larger than the caches near the core, so its lines are fetched two blocks before they are written; a part
    /// of them with each tap.
    private void fetchAhead(int pixels, int vectors, int tap) {
        int lines = pixels * vectors;
        int end = lines * (tap + 1) / shape.taps();
        for (int i = lines * tap / shape.taps(); i < end; i++) {
            int pixel = AHEAD * pixels + i / vectors;
            out.fetchForWriting(FOURTH, 4 * shape.filters() * pixel + 64 * (i % vectors));
        }
    }

    /// Adds a pixel of the image times some vectors.
    private void multiply(int sums, int vectors, int factors, int spare, int pixelAt) {
        var pixel = Address.of(PIXEL, pixelAt).forAllLanes();
        if (vectors == 1) {
            out.memory(Simd.MULTIPLY_ADD, sums, factors, pixel);
            return;
        }
        out.memory(Simd.BROADCAST, spare, 0, pixel);
        for (int v = 0; v < vectors; v++) {
            out.registers(Simd.MULTIPLY_ADD, sums + v, factors + v, spare);
        }
    }

    private void finish(int pixels, int vectors, boolean relu) {
        int zero = REGISTERS - 1;
        if (relu) {
            out.registers(Simd.XOR, zero, zero, zero);
        }
        for (int i = 0; i < pixels * vectors; i++) {
            if (relu) {
                out.registers(Simd.MAXIMUM, i, zero, i); // the second where one is no number
            }
            int at = 4 * shape.filters() * (i / vectors) + 64 * (i % vectors);
            out.memory(Simd.STORE, i, 0, Address.of(FOURTH, at));
        }
    }

    /// The sums that the gradient's function can hold for each vector of channels: one for each tap, and one for the bias.
    static int sums(int vectors) {
        return (REGISTERS - vectors - 1) / vectors;
    }

    /// Adds the gradients of a range of taps to what is in memory, for some vectors of channels.
    byte[] kernelGradient(int vectors, int from, int to, boolean bias) {
        begin(DY, SECOND, KERNEL_GRADIENT, THIRD, BIAS_GRADIENT, FOURTH);
        int sums = vectors * (to - from + (bias ? 1 : 0));
        for (int i = 0; i < sums; i++) {
            out.registers(Simd.XOR, i, i, i);
        }
        int row = out.here();
        row(
                Cut.of(shape.columns(), UNROLLED),
                SECOND,
                pixels -> {
                    for (int p = 0; p < pixels; p++) {
                        pixelGradient(p, vectors, from, to, bias);
                    }
                });
        nextRow(row);
        for (int i = 0; i < sums; i++) {
            int tap = from + i / vectors;
            var at =
                    tap < to
                            ? Address.of(THIRD, 4 * shape.filters() * tap + 64 * (i % vectors))
                            : Address.of(FOURTH, 64 * (i % vectors));
            out.memory(Simd.ADD, i, i, at);
            out.memory(Simd.STORE, i, 0, at);
        }
        end();
        return out.toBytes();
    }

    private void pixelGradient(int pixel, int vectors, int from, int to, boolean bias) {
        int dy = REGISTERS - vectors;
        for (int v = 0; v < vectors; v++) {
            int at = 4 * shape.filters() * pixel + 64 * v;
            out.memory(Simd.LOAD, dy + v, 0, Address.of(SECOND, at));
        }
        for (int tap = from; tap < to; tap++) {
            multiply((tap - from) * vectors, vectors, dy, dy - 1, shape.tapAt(pixel, tap));
        }
        for (int v = 0; bias && v < vectors; v++) {
            int sum = (to - from) * vectors + v;
            out.registers(Simd.ADD, sum, sum, dy + v);
        }
    }

    // ---- the loops

    /// Reads the addresses: pairs of a place in the table and a register.
    private void begin(int... addresses) {
        out.subnormalsAreZero();
        out.loadAddress(ROW, TABLE, MachineCode.SLOT * X);
        for (int i = 0; i < addresses.length; i += 2) {
            out.loadAddress(addresses[i + 1], TABLE, MachineCode.SLOT * addresses[i]);
        }
    }

    /// All blocks of a row; `along` is the address that goes over the result, pixel after pixel.
    private void row(Cut cut, int along, Block block) {
        out.move(PIXEL, ROW);
        blocks(cut.wide, cut.pixels, along, block);
        blocks(cut.narrow, cut.pixels - 1, along, block);
    }

    private void blocks(int rounds, int pixels, int along, Block block) {
        if (rounds == 0) {
            return;
        }
        out.set(ROUNDS, rounds);
        int loop = out.here();
        block.write(pixels);
        out.add(PIXEL, pixels * shape.columnBytes());
        out.add(along, 4 * shape.filters() * pixels);
        out.countDown(ROUNDS);
        out.jump(Encoder.NOT_EQUAL, loop);
    }

    private void nextRow(int loop) {
        out.add(ROW, shape.rowBytes());
        out.countDown(ROWS);
        out.jump(Encoder.NOT_EQUAL, loop);
    }

    private void end() {
        out.putModeBack();
        out.giveBack();
    }
}
