package dev.gnomon.kernel.onednn;

import dev.gnomon.graph.Op.UnaryFunction;
import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Products of two matrices, for shards (rows follow the samples) or for the whole batch cut into blocks.
public final class MatMulCalls {
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

    /// What is faster than AVX2 code on a processor with AVX-512.
    private static final String FASTER = "gemm:jit";

    private MatMulCalls() {}

    static Call of(NativeHandles handles, Operands x, Cut cut, @Nullable UnaryFunction activation) {
        int[] sizes = cut.shardSizes;
        Primitive[][] primitives = new Primitive[sizes.length][];
        for (int i = 0; i < sizes.length; i++) {
            primitives[i] = blocks(handles, x, cut, sizes[i], activation);
        }
        String name =
                "matmul"
                        + (x.transposeA ? " aᵀb" : x.transposeB ? " abᵀ" : "")
                        + (x.bias == null ? "" : " + bias")
                        + (activation == null
                                ? ""
                                : " + " + activation.name().toLowerCase(Locale.ROOT));
        double flops =
                2.0
                        * Math.max(1, x.rowsPerSample > 0 ? x.rowsPerSample : x.m)
                        * (x.innerPerSample > 0 ? x.innerPerSample : x.k)
                        * x.n;
        return new PrimitivesCall(name, sizes, primitives, flops);
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

    /// A matrix in memory, by its strides in elements.
    private record Matrix(Buffer place, long rowStride, long columnStride) {
        /// A matrix of which rows, or columns where it is transposed, lie one behind the other.
        ///
        /// @param length the elements of one of these
        static Matrix of(Buffer place, boolean transposed, long length) {
            return transposed ? new Matrix(place, 1, length) : new Matrix(place, length, 1);
        }

        /// A part of the matrix as an operand.
        ///
        /// @param extra bytes added to its place
        Primitive.Operand part(
                NativeHandles handles,
                int argument,
                long row,
                long rows,
                long column,
                long columns,
                long extra) {
            long description =
                    handles.description(
                            OneDnn.strided(
                                    place.element(),
                                    new long[] {rows, columns},
                                    new long[] {rowStride, columnStride}));
            long first = row * rowStride + column * columnStride;
            return new Primitive.Operand(
                    argument, description, place, place.element().bytes() * first + extra);
        }
    }

    private static Primitive block(
            NativeHandles handles,
            Operands x,
            Block at,
            Cut cut,
            @Nullable UnaryFunction activation) {
        var a =
                Matrix.of(x.a, x.transposeA, x.transposeA ? at.m : at.k)
                        .part(handles, Primitive.SRC, at.row, at.rows, at.inner, at.length, 0);
        var b =
                Matrix.of(x.b, x.transposeB, x.transposeB ? at.k : x.n)
                        .part(
                                handles,
                                Primitive.WEIGHTS,
                                at.inner,
                                at.length,
                                at.column,
                                at.columns,
                                0);
        long part = cut.partBytes == 0 ? 0 : at.inner / cut.innerBlock * cut.partBytes;
        var y =
                Matrix.of(x.y, false, x.n)
                        .part(handles, Primitive.DST, at.row, at.rows, at.column, at.columns, part);
        var bias =
                x.bias == null
                        ? null
                        : Matrix.of(x.bias, false, at.columns)
                                .part(handles, Primitive.BIAS, 0, 1, at.column, at.columns, 0);
        long description = fast(() -> description(handles, a, b, bias, y, activation));
        return bias == null
                ? new Primitive(handles, description, a, b, y)
                : new Primitive(handles, description, a, b, bias, y);
    }

    /// What oneDNN chooses, or its next choice where that is faster.
    ///
    /// @param descriptions gives a new description of the product each time
    private static long fast(LongSupplier descriptions) {
        long description = descriptions.getAsLong();
        if (OneDnn.isBelowAvx512(description)) {
            long other = descriptions.getAsLong();
            if (OneDnn.next(other) && OneDnn.implementation(other).startsWith(FASTER)) {
                return other;
            }
        }
        return description;
    }

    private static long description(
            NativeHandles handles,
            Primitive.Operand a,
            Primitive.Operand b,
            Primitive.@Nullable Operand bias,
            Primitive.Operand y,
            @Nullable UnaryFunction activation) {
        return handles.primitiveDescription(
                OneDnn.create(
                        "dnnl_matmul_primitive_desc_create",
                        "LLLLLLL",
                        OneDnn.ENGINE,
                        a.description(),
                        b.description(),
                        bias == null ? 0 : bias.description(),
                        y.description(),
                        Fusion.attributes(handles, activation)));
    }
}
