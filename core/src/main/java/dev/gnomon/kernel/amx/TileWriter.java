package dev.gnomon.kernel.amx;

import dev.gnomon.kernel.Element;
import dev.gnomon.kernel.avx512.Encoder;
import dev.gnomon.kernel.avx512.Encoder.Address;
import dev.gnomon.kernel.avx512.MachineCode;
import dev.gnomon.kernel.avx512.Simd;
import java.util.ArrayList;
import java.util.List;

/// Writes the functions of a [TileConvolution]: `f(table, count)`, where the table holds addresses. All sizes are numbers in
/// the code.
final class TileWriter {
    /// What the table holds for all functions: where to read, where to write.
    static final int FROM = 0;

    static final int TO = 1;

    /// What it holds besides for products, the right operand; and for the end of a result, the bias.
    static final int RIGHT = 2;

    static final int BIAS = 2;

    // general registers: the table in rdi, the count in rsi; addresses and strides; loops
    private static final int TABLE = 7;
    private static final int COUNT = 6;
    private static final int A = 0;
    private static final int B = 1;
    private static final int C = 8;
    private static final int A_STRIDE = 9;
    private static final int B_STRIDE = 10;
    private static final int C_STRIDE = 11;
    private static final int A_BEGIN = 14;
    private static final int B_BEGIN = 15;
    private static final int[] LOOPS = {2, 3, 13};

    /// Vectors that the Java calling convention leaves to a function, all of them.
    private static final int VECTORS = 16;

    /// The products of parts of two numbers that are summed; each shares a part with the next. Those left out are smaller than
    /// what rounding a float32 product loses.
    private static final int[][] FLOAT_PRODUCTS = {
        {0, 2}, {0, 1}, {1, 1}, {1, 0}, {2, 0}, {0, 0},
    };

    private static final int[][] BFLOAT_PRODUCT = {{0, 0}};

    /// A loop of a nest: how often, and how far the two addresses go on each time.
    record Loop(long count, long from, long to) {}

    private final Encoder out = new Encoder();

    private static int[][] products(int parts) {
        return parts == 1 ? BFLOAT_PRODUCT : FLOAT_PRODUCTS;
    }

    // ---- numbers become bfloat16 numbers

    /// Splits floats into parts, sixteen for each count: each part is what the parts before it leave of a number, rounded.
    ///
    /// @param plane bytes from one part's numbers to the next part's
    static MachineCode split(Element element, int parts, long plane) {
        var writer = new TileWriter();
        writer.begin();
        writer.address(FROM, A);
        writer.address(TO, B);
        Encoder out = writer.out;
        int loop = out.here();
        if (element == Element.BFLOAT16) {
            out.memory(Simd.LOAD, 0, 0, Address.of(A, 0), Encoder.ALL, false, Encoder.HALF);
            out.memory(Simd.STORE, 0, 0, Address.of(B, 0), Encoder.ALL, false, Encoder.HALF);
        } else {
            out.memory(Simd.LOAD, 0, 0, Address.of(A, 0));
            for (int part = 0; part < parts; part++) {
                var to = Address.of(B, Math.toIntExact(part * plane));
                out.registers(Simd.TO_BFLOAT16, 1, 0, 0);
                out.memory(Simd.STORE, 1, 0, to, Encoder.ALL, false, Encoder.HALF);
                if (part < parts - 1) {
                    out.registers(Simd.WIDEN_SHORTS, 1, 0, 1);
                    writer.shiftLeft(1);
                    out.registers(Simd.SUBTRACT, 0, 0, 1);
                }
            }
        }
        out.add(A, VECTORS * Math.toIntExact(element.bytes()));
        out.add(B, VECTORS * 2);
        out.countDown(COUNT);
        out.jump(Encoder.NOT_EQUAL, loop);
        return writer.end();
    }

    private void shiftLeft(int vector) {
        out.registers(Simd.SHIFT_INTS, 6, vector, vector);
        out.bytes(16);
    }

    // ---- arrangements of bfloat16 numbers

    /// Interleaves pairs of rows, sixteen numbers of each for each round of the loops.
    ///
    /// @param row bytes from one row to the next
    static MachineCode interleave(long row, List<Loop> loops) {
        var writer = new TileWriter();
        writer.begin();
        writer.nest(
                loops,
                () -> {
                    writer.pair(0, 1, row, 0);
                    writer.out.memory(Simd.STORE, 0, 0, Address.of(B, 0));
                });
        return writer.end();
    }

    /// Makes rows of columns: of 32 rows of 16 numbers for each round of the loops.
    ///
    /// @param row bytes from one row to the next
    /// @param rowTo bytes from one row of the result, of 32 numbers, to the next
    static MachineCode transpose(long row, long rowTo, List<Loop> loops) {
        var writer = new TileWriter();
        writer.begin();
        writer.nest(
                loops,
                () -> {
                    for (int i = 0; i < VECTORS; i++) {
                        writer.pair(i, VECTORS + i, row, 2L * i * row);
                    }
                    writer.transposed(rowTo);
                });
        return writer.end();
    }

    /// Makes rows of columns of pairs: of 16 rows of 32 numbers for each round of the loops.
    static MachineCode transposePairs(long row, long rowTo, List<Loop> loops) {
        var writer = new TileWriter();
        writer.begin();
        writer.nest(
                loops,
                () -> {
                    for (int i = 0; i < VECTORS; i++) {
                        var from = Address.of(A, Math.toIntExact(i * row));
                        writer.out.memory(Simd.LOAD, i, 0, from);
                    }
                    writer.transposed(rowTo);
                });
        return writer.end();
    }

    /// Numbers of two neighbouring rows in turn.
    private void pair(int to, int spare, long row, long from) {
        out.memory(Simd.WIDEN_SHORTS, to, 0, Address.of(A, Math.toIntExact(from)));
        out.memory(Simd.WIDEN_SHORTS, spare, 0, Address.of(A, Math.toIntExact(from + row)));
        shiftLeft(spare);
        out.registers(Simd.OR, to, to, spare);
    }

    /// Writes the columns of the sixteen vectors of sixteen words.
    private void transposed(long rowTo) {
        for (int i = 0; i < VECTORS; i += 2) {
            out.registers(Simd.UNPACK_LOW, VECTORS + i, i, i + 1);
            out.registers(Simd.UNPACK_HIGH, VECTORS + i + 1, i, i + 1);
        }
        for (int i = 0; i < VECTORS; i += 4) {
            int from = VECTORS + i;
            out.registers(Simd.UNPACK_LOW_DOUBLES, i, from, from + 2);
            out.registers(Simd.UNPACK_HIGH_DOUBLES, i + 1, from, from + 2);
            out.registers(Simd.UNPACK_LOW_DOUBLES, i + 2, from + 1, from + 3);
            out.registers(Simd.UNPACK_HIGH_DOUBLES, i + 3, from + 1, from + 3);
        }
        for (int i = 0; i < VECTORS; i += 8) {
            for (int j = 0; j < 4; j++) {
                quarters(VECTORS + i + j, i + j, i + 4 + j, 0x88);
                quarters(VECTORS + i + 4 + j, i + j, i + 4 + j, 0xDD);
            }
        }
        for (int j = 0; j < 8; j++) {
            quarters(j, VECTORS + j, VECTORS + 8 + j, 0x88);
            quarters(8 + j, VECTORS + j, VECTORS + 8 + j, 0xDD);
        }
        for (int i = 0; i < VECTORS; i++) {
            out.memory(Simd.STORE, i, 0, Address.of(B, Math.toIntExact(i * rowTo)));
        }
    }

    private void quarters(int to, int first, int second, int which) {
        out.registers(Simd.SHUFFLE_QUARTERS, to, first, second);
        out.bytes(which);
    }

    // ---- products

    /// The sums of products for a result of 32 columns and of 32 rows for each count, of a left operand whose rows overlap:
    /// for each tap of the window, all channels.
    ///
    /// @param plane bytes from a part of the left operand to the next
    static MachineCode forward(TileConvolution shape, long plane) {
        var writer = new TileWriter();
        Encoder out = writer.out;
        writer.beginTiles();
        out.set(A_STRIDE, shape.channels() * 2);
        out.set(B_STRIDE, Tiles.ROW_BYTES);
        out.set(C_STRIDE, shape.filters() * 4);
        int steps = shape.channels() / Tiles.INNER;
        int rows = out.here();
        out.move(A_BEGIN, A);
        out.move(B_BEGIN, B);
        for (int tile = 0; tile < 4; tile++) {
            out.zeroTile(tile);
        }
        out.set(LOOPS[0], steps);
        int loop = out.here();
        var left = new Panel(plane, 2L * Tiles.ROWS * shape.channels());
        var right = new Panel(2L * Tiles.BYTES, Tiles.BYTES);
        List<Product> products = new ArrayList<>();
        for (int tap = 0; tap < shape.taps(); tap++) {
            long a = 2L * shape.channels() * shape.shift(tap);
            long b = (long) tap * shape.parts() * 2 * Tiles.BYTES;
            for (int[] parts : products(shape.parts())) {
                products.add(new Product(a + parts[0] * left.plane, b + parts[1] * right.plane));
            }
        }
        writer.products(products, left, right);
        out.add(A, Tiles.ROW_BYTES);
        out.add(B, shape.taps() * shape.parts() * 2 * Tiles.BYTES);
        out.countDown(LOOPS[0]);
        out.jump(Encoder.NOT_EQUAL, loop);
        writer.tilesOfResult(false, shape.filters());
        out.move(A, A_BEGIN);
        out.move(B, B_BEGIN);
        out.add(A, 2 * 32 * shape.channels());
        out.add(C, 4 * 32 * shape.filters());
        out.countDown(COUNT);
        out.jump(Encoder.NOT_EQUAL, rows);
        return writer.endTiles();
    }

    /// Where tiles of an operand are.
    ///
    /// @param plane bytes from one part of the numbers to the next
    /// @param second bytes from a tile to the second one
    private record Panel(long plane, long second) {}

    /// Two tiles of the left operand times two of the right one; each by its place.
    private record Product(long left, long right) {}

    /// Adds products to the four tiles of sums. A tile is loaded for the next product as soon as this one is done with it.
    private void products(List<Product> products, Panel left, Panel right) {
        load(4, A, A_STRIDE, products.getFirst().left, left.second);
        load(6, B, B_STRIDE, products.getFirst().right, right.second);
        for (int i = 0; i < products.size(); i++) {
            Product now = products.get(i);
            Product next = products.get(Math.min(i + 1, products.size() - 1));
            boolean newLeft = next.left != now.left;
            boolean newRight = next.right != now.right;
            multiply(0, 0);
            multiply(newRight ? 1 : 0, newRight ? 0 : 1);
            if (newRight) {
                loadOne(6, B, B_STRIDE, next.right);
            } else if (newLeft) {
                loadOne(4, A, A_STRIDE, next.left);
            }
            multiply(newRight ? 0 : 1, newRight ? 1 : 0);
            if (newRight && newLeft) {
                loadOne(4, A, A_STRIDE, next.left);
            }
            multiply(1, 1);
            if (newLeft) {
                loadOne(5, A, A_STRIDE, next.left + left.second);
            }
            if (newRight) {
                loadOne(7, B, B_STRIDE, next.right + right.second);
            }
        }
    }

    private void load(int tile, int base, int stride, long at, long second) {
        loadOne(tile, base, stride, at);
        loadOne(tile + 1, base, stride, at + second);
    }

    private void loadOne(int tile, int base, int stride, long at) {
        out.loadTile(tile, base, stride, Math.toIntExact(at));
    }

    private void multiply(int left, int right) {
        out.multiplyTiles(2 * left + right, 4 + left, 6 + right);
    }

    private void tilesOfResult(boolean load, long columns) {
        for (int i = 0; i < 4; i++) {
            int at =
                    Math.toIntExact(
                            4 * columns * Tiles.ROWS * (i / 2) + (long) Tiles.ROW_BYTES * (i % 2));
            if (load) {
                out.loadTile(i, C, C_STRIDE, at);
            } else {
                out.storeTile(i, C, C_STRIDE, at);
            }
        }
    }

    /// The sums of products for one tap of the window over as many steps of 32 pixels as the count says; all channels, all
    /// filters.
    ///
    /// @param add whether they are added to the result
    static MachineCode gradient(TileConvolution shape, TileGradientCall.Lines lines, boolean add) {
        var writer = new TileWriter();
        Encoder out = writer.out;
        writer.beginTiles();
        out.set(A_STRIDE, Math.toIntExact(lines.row()));
        out.set(B_STRIDE, Tiles.ROW_BYTES);
        out.set(C_STRIDE, 4 * shape.filters());
        out.set(LOOPS[2], shape.channels() / 32);
        int channels = out.here();
        out.set(LOOPS[1], shape.filters() / 32);
        int filters = out.here();
        if (add) {
            writer.tilesOfResult(true, shape.filters());
        } else {
            for (int tile = 0; tile < 4; tile++) {
                out.zeroTile(tile);
            }
        }
        out.move(A_BEGIN, A);
        out.move(B_BEGIN, B);
        out.move(LOOPS[0], COUNT);
        int pixels = out.here();
        var left = new Panel(lines.transposedPlane(), Tiles.ROWS * lines.row());
        var right = new Panel(lines.result().plane(), Tiles.BYTES);
        List<Product> products = new ArrayList<>();
        for (int[] parts : products(shape.parts())) {
            products.add(new Product(parts[0] * left.plane, parts[1] * right.plane));
        }
        writer.products(products, left, right);
        out.add(A, Tiles.ROW_BYTES);
        out.add(B, shape.filters() / Tiles.ROWS * Tiles.BYTES);
        out.countDown(LOOPS[0]);
        out.jump(Encoder.NOT_EQUAL, pixels);
        writer.tilesOfResult(false, shape.filters());
        out.move(A, A_BEGIN);
        out.move(B, B_BEGIN);
        out.add(B, 2 * Tiles.BYTES);
        out.add(C, 2 * Tiles.ROW_BYTES);
        out.countDown(LOOPS[1]);
        out.jump(Encoder.NOT_EQUAL, filters);
        out.add(B, -shape.filters() / Tiles.ROWS * Tiles.BYTES);
        out.add(A, Math.toIntExact(32 * lines.row()));
        out.add(C, 31 * 4 * shape.filters());
        out.countDown(LOOPS[2]);
        out.jump(Encoder.NOT_EQUAL, channels);
        return writer.endTiles();
    }

    // ---- the end of a result

    /// Writes a pixel of a result for each count: the sums, with a bias and a rectifier behind them.
    static MachineCode finish(int filters, boolean bias, boolean relu, Element element) {
        var writer = new TileWriter();
        Encoder out = writer.out;
        writer.begin();
        writer.address(FROM, A);
        writer.address(TO, B);
        writer.address(BIAS, C);
        int zero = 31;
        out.registers(Simd.XOR, zero, zero, zero);
        int loop = out.here();
        for (int v = 0; v < filters / VECTORS; v++) {
            int x = v % VECTORS;
            out.memory(Simd.LOAD, x, 0, Address.of(A, 64 * v));
            if (bias) {
                out.memory(Simd.ADD, x, x, Address.of(C, 64 * v));
            }
            if (relu) {
                out.registers(Simd.MAXIMUM, x, zero, x); // the second where one is no number
            }
            if (element == Element.BFLOAT16) {
                out.registers(Simd.TO_BFLOAT16, x, 0, x);
                var to = Address.of(B, 32 * v);
                out.memory(Simd.STORE, x, 0, to, Encoder.ALL, false, Encoder.HALF);
            } else {
                out.memory(Simd.STORE, x, 0, Address.of(B, 64 * v));
            }
        }
        out.add(A, 4 * filters);
        out.add(B, Math.toIntExact(element.bytes()) * filters);
        out.countDown(COUNT);
        out.jump(Encoder.NOT_EQUAL, loop);
        return writer.end();
    }

    // ---- what all functions have

    private void begin() {
        out.bytes(0x53, 0x41, 0x55, 0x41, 0x56, 0x41, 0x57); // push rbx, r13, r14, r15
        out.subnormalsAreZero();
    }

    private MachineCode end() {
        out.putModeBack();
        out.bytes(0x41, 0x5F, 0x41, 0x5E, 0x41, 0x5D, 0x5B); // pop r15, r14, r13, rbx
        out.giveBack();
        return MachineCode.required(out.toBytes());
    }

    private void beginTiles() {
        begin();
        out.setTilesUp(TABLE, MachineCode.SLOT * Tiles.SETUP_SLOT);
        address(FROM, A);
        address(RIGHT, B);
        address(TO, C);
    }

    private MachineCode endTiles() {
        out.releaseTiles();
        return end();
    }

    private void address(int slot, int register) {
        out.loadAddress(register, TABLE, MachineCode.SLOT * slot);
    }

    /// Loops within loops, the innermost first; the outermost goes on as often as the count says.
    private void nest(List<Loop> loops, Runnable body) {
        address(FROM, A);
        address(TO, B);
        int[] starts = new int[loops.size()];
        for (int i = loops.size() - 1; i >= 0; i--) {
            if (i < loops.size() - 1) {
                out.set(LOOPS[i], Math.toIntExact(loops.get(i).count));
            }
            starts[i] = out.here();
        }
        body.run();
        for (int i = 0; i < loops.size(); i++) {
            Loop loop = loops.get(i);
            Loop inner = i == 0 ? new Loop(0, 0, 0) : loops.get(i - 1);
            out.add(A, Math.toIntExact(loop.from - inner.count * inner.from));
            out.add(B, Math.toIntExact(loop.to - inner.count * inner.to));
            out.countDown(i < loops.size() - 1 ? LOOPS[i] : COUNT);
            out.jump(Encoder.NOT_EQUAL, starts[i]);
        }
    }
}
