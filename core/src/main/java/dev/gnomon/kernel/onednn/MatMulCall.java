package dev.gnomon.kernel.onednn;

import dev.gnomon.graph.Op.UnaryFunction;
import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A product of two matrices, for shards (rows follow the samples) or for the whole batch cut into blocks.
public final class MatMulCall implements Call {
    /// The operands: `y[m, n] = a[m, k] · b[k, n] (+ bias[n])`, each by its strides.
    ///
    /// @param rowsPerSample m for one sample, where m follows the samples (then `m` is ignored)
    /// @param innerPerSample k for one sample, where k follows the samples (then `k` is ignored)
    public record Operands(
            Buffer a,
            boolean transposeA,
            Buffer b,
            boolean transposeB,
            @Nullable Buffer bias,
            Buffer y,
            long m,
            long k,
            long n,
            long rowsPerSample,
            long innerPerSample) {}

    /// How the work is cut.
    ///
    /// @param shardSizes the sizes of shards for a call that runs per shard; one size, the batch, for the whole batch
    /// @param rowBlock rows of y in a block
    /// @param columnBlock columns of y in a block
    /// @param innerBlock the part of the inner axis in a block, each of which gives a y of its own
    /// @param partBytes bytes from one such y to the next
    @SuppressWarnings("ArrayRecordComponent")
    public record Cut(
            int[] shardSizes, long rowBlock, long columnBlock, long innerBlock, long partBytes) {
        public Cut(int[] shardSizes, long rowBlock, long columnBlock) {
            this(shardSizes, rowBlock, columnBlock, Long.MAX_VALUE, 0);
        }

        public static Cut sharded(int[] shardSizes) {
            return new Cut(shardSizes, Long.MAX_VALUE, Long.MAX_VALUE);
        }

        /// Parts of the inner axis for the whole batch.
        public static Cut inner(int batch, long innerBlock, long partBytes) {
            return new Cut(
                    new int[] {batch}, Long.MAX_VALUE, Long.MAX_VALUE, innerBlock, partBytes);
        }
    }

    private final int[] sizes;
    private final Primitive[][] primitives;
    private final String name;
    private final double flops;

    MatMulCall(NativeHandles handles, Operands x, Cut cut, @Nullable UnaryFunction activation) {
        this.sizes = cut.shardSizes;
        this.primitives = new Primitive[sizes.length][];
        for (int i = 0; i < sizes.length; i++) {
            primitives[i] = blocks(handles, x, cut, sizes[i], activation);
        }
        this.name =
                "matmul"
                        + (x.transposeA ? " aᵀb" : x.transposeB ? " abᵀ" : "")
                        + (x.bias == null ? "" : " + bias")
                        + (activation == null
                                ? ""
                                : " + " + activation.name().toLowerCase(Locale.ROOT));
        this.flops =
                2.0
                        * Math.max(1, x.rowsPerSample > 0 ? x.rowsPerSample : x.m)
                        * (x.innerPerSample > 0 ? x.innerPerSample : x.k)
                        * x.n;
    }

    private static Primitive[] blocks(
            NativeHandles handles,
            Operands x,
            Cut cut,
            int samples,
            @Nullable UnaryFunction activation) {
        long m = x.rowsPerSample > 0 ? x.rowsPerSample * samples : x.m;
        long k = x.innerPerSample > 0 ? x.innerPerSample * samples : x.k;
        List<Primitive> made = new ArrayList<>();
        for (long row = 0; row < m; row += Math.min(m, cut.rowBlock)) {
            for (long column = 0; column < x.n; column += Math.min(x.n, cut.columnBlock)) {
                long rows = Math.min(cut.rowBlock, m - row);
                long columns = Math.min(cut.columnBlock, x.n - column);
                for (long inner = 0; inner < k; inner += Math.min(k, cut.innerBlock)) {
                    long length = Math.min(cut.innerBlock, k - inner);
                    var at = new Block(m, k, row, rows, column, columns, inner, length);
                    made.add(block(handles, x, at, cut, activation));
                }
            }
        }
        return made.toArray(new Primitive[0]);
    }

    private record Block(
            long m,
            long k,
            long row,
            long rows,
            long column,
            long columns,
            long inner,
            long length) {}

    private static Primitive block(
            NativeHandles handles,
            Operands x,
            Block at,
            Cut cut,
            @Nullable UnaryFunction activation) {
        long a =
                matrix(
                        handles,
                        x.a,
                        at.rows,
                        at.length,
                        x.transposeA ? 1 : at.k,
                        x.transposeA ? at.m : 1);
        long b =
                matrix(
                        handles,
                        x.b,
                        at.length,
                        at.columns,
                        x.transposeB ? 1 : x.n,
                        x.transposeB ? at.k : 1);
        long y = matrix(handles, x.y, at.rows, at.columns, x.n, 1);
        long bias = x.bias == null ? 0 : matrix(handles, x.bias, 1, at.columns, at.columns, 1);
        long description =
                handles.primitiveDescription(
                        OneDnn.create(
                                "dnnl_matmul_primitive_desc_create",
                                "LLLLLLL",
                                OneDnn.ENGINE,
                                a,
                                b,
                                bias,
                                y,
                                Fusion.attributes(handles, activation)));
        var src =
                new Primitive.Operand(
                        Primitive.SRC,
                        a,
                        x.a,
                        x.a.element().bytes()
                                * (at.row * (x.transposeA ? 1 : at.k)
                                        + at.inner * (x.transposeA ? at.m : 1)));
        var weights =
                new Primitive.Operand(
                        Primitive.WEIGHTS,
                        b,
                        x.b,
                        x.b.element().bytes()
                                * (at.column * (x.transposeB ? at.k : 1)
                                        + at.inner * (x.transposeB ? 1 : x.n)));
        var dst =
                new Primitive.Operand(
                        Primitive.DST,
                        y,
                        x.y,
                        x.y.element().bytes() * (at.row * x.n + at.column)
                                + (cut.partBytes == 0
                                        ? 0
                                        : at.inner / cut.innerBlock * cut.partBytes));
        return x.bias == null
                ? new Primitive(handles, description, src, weights, dst)
                : new Primitive(
                        handles,
                        description,
                        src,
                        weights,
                        new Primitive.Operand(Primitive.BIAS, bias, x.bias, 4 * at.column),
                        dst);
    }

    private static long matrix(
            NativeHandles handles,
            Buffer place,
            long rows,
            long columns,
            long rowStride,
            long columnStride) {
        return handles.description(
                OneDnn.strided(
                        place.element(),
                        new long[] {rows, columns},
                        new long[] {rowStride, columnStride}));
    }

    @Override
    public void run(Frame frame, int block) {
        for (int i = 0; i < sizes.length; i++) {
            if (sizes.length == 1 || sizes[i] == frame.samples()) {
                primitives[i][block].run(frame);
                return;
            }
        }
        throw new AssertionError("no primitive for a shard of " + frame.samples());
    }

    @Override
    public int blocks() {
        return primitives[0].length;
    }

    @Override
    public String describe() {
        return name + " onednn " + primitives[0][0].implementation();
    }

    @Override
    public double flops() {
        return flops;
    }

    @Override
    public long scratchBytes() {
        long most = 0;
        for (Primitive[] ofSize : primitives) {
            for (Primitive primitive : ofSize) {
                most = Math.max(most, primitive.scratchBytes());
            }
        }
        return most;
    }
}
