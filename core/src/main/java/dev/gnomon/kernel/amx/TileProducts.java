package dev.gnomon.kernel.amx;

import dev.gnomon.kernel.avx512.Encoder;
import dev.gnomon.kernel.avx512.Encoder.Address;
import dev.gnomon.kernel.avx512.MachineCode;
import dev.gnomon.kernel.avx512.Simd;
import java.util.ArrayList;
import java.util.List;

/// Writes the functions that multiply tiles, and the one that makes a result of their sums.
final class TileProducts extends TileWriter {
    /// The products of parts of two numbers that are summed; each shares a part with the next. Those left out are smaller than
    /// what rounding a float32 product loses.
    private static final int[][] FLOAT_PRODUCTS = {
        {0, 2}, {0, 1}, {1, 1}, {1, 0}, {2, 0}, {0, 0},
    };

    private static final int[][] BFLOAT_PRODUCT = {{0, 0}};

    private TileProducts() {}

    private static int[][] products(int parts) {
        return parts == 1 ? BFLOAT_PRODUCT : FLOAT_PRODUCTS;
    }

    // ---- products

    /// The sums of products for a result of 32 columns and of 32 rows for each count, of a left operand whose rows overlap:
    /// for each tap of the window, all channels.
    ///
    /// @param plane bytes from a part of the left operand to the next
    static MachineCode forward(TileConvolution shape, long plane) {
        var writer = new TileProducts();
        Encoder out = writer.out;
        writer.beginTiles();
        out.set(A_STRIDE, shape.channels() * 2);
        out.set(B_STRIDE, Tiles.ROW_BYTES);
        out.set(C_STRIDE, shape.filters() * 4);
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
        writer.repeat(() -> {
            out.move(A_BEGIN, A);
            out.move(B_BEGIN, B);
            writer.beginSums(false, shape.filters());
            writer.repeat(
                    LOOPS[0],
                    shape.steps(),
                    () -> {
                        writer.products(products, left, right);
                        out.add(A, Tiles.ROW_BYTES);
                        out.add(B, shape.taps() * shape.parts() * 2 * Tiles.BYTES);
                    });
            writer.tilesOfResult(false, shape.filters());
            out.move(A, A_BEGIN);
            out.move(B, B_BEGIN);
            out.add(A, 2 * 32 * shape.channels());
            out.add(C, 4 * 32 * shape.filters());
        });
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
        var writer = new TileProducts();
        writer.beginTiles();
        writer.out.set(A_STRIDE, Math.toIntExact(lines.row()));
        writer.out.set(B_STRIDE, Tiles.ROW_BYTES);
        writer.out.set(C_STRIDE, 4 * shape.filters());
        int panels = shape.filters() / Tiles.ROWS * Tiles.BYTES;
        writer.repeat(
                LOOPS[2],
                shape.channels() / 32,
                () -> {
                    writer.repeat(
                            LOOPS[1],
                            shape.filters() / 32,
                            () -> {
                                writer.beginSums(add, shape.filters());
                                writer.sumsOverPixels(shape, lines, panels);
                                writer.tilesOfResult(false, shape.filters());
                                writer.out.add(B, 2 * Tiles.BYTES);
                                writer.out.add(C, 2 * Tiles.ROW_BYTES);
                            });
                    writer.out.add(B, -panels);
                    writer.out.add(A, Math.toIntExact(32 * lines.row()));
                    writer.out.add(C, 31 * 4 * shape.filters());
                });
        return writer.endTiles();
    }

    /// The sums so far, or zeros.
    private void beginSums(boolean add, long columns) {
        if (add) {
            tilesOfResult(true, columns);
        } else {
            for (int tile = 0; tile < 4; tile++) {
                out.zeroTile(tile);
            }
        }
    }

    /// Adds the products of all steps of 32 pixels; the operands' addresses stay.
    ///
    /// @param panels bytes from the right operand's tiles of one step to those of the next
    private void sumsOverPixels(TileConvolution shape, TileGradientCall.Lines lines, int panels) {
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
        products(products, left, right);
        out.add(A, Tiles.ROW_BYTES);
        out.add(B, panels);
        out.countDown(LOOPS[0]);
        out.jump(Encoder.NOT_EQUAL, pixels);
        out.move(A, A_BEGIN);
        out.move(B, B_BEGIN);
    }

    // ---- the end of a result

    /// Writes a pixel of a result for each count: the sums, with a bias and a rectifier behind them.
    static MachineCode finish(int filters, boolean bias, boolean relu) {
        var writer = new TileProducts();
        Encoder out = writer.out;
        writer.begin();
        writer.address(FROM, A);
        writer.address(TO, B);
        writer.address(BIAS, C);
        int zero = 31;
        out.registers(Simd.XOR, zero, zero, zero);
        writer.repeat(() -> {
            for (int v = 0; v < filters / VECTORS; v++) {
                int x = v % VECTORS;
                out.memory(Simd.LOAD, x, 0, Address.of(A, 64 * v));
                if (bias) {
                    out.memory(Simd.ADD, x, x, Address.of(C, 64 * v));
                }
                if (relu) { // the second where one is no number
                    out.registers(Simd.MAXIMUM, x, zero, x);
                }
                out.memory(Simd.STORE, x, 0, Address.of(B, 64 * v));
            }
            out.add(A, 4 * filters);
            out.add(B, 4 * filters);
        });
        return writer.end();
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
}
