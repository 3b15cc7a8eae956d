package dev.gnomon.kernel.java;

import dev.gnomon.graph.Op;
import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.avx512.ColumnSums;
import dev.gnomon.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Prepares calls of the Java kernels.
public final class JavaKernels {
    private JavaKernels() {}

    /// Whether an operand can be stretched to a result inside an elementwise program.
    public static boolean stretches(Shape operand, Shape result) {
        return Pattern.of(operand, result) != null;
    }

    /// The reduction of an array over axes, or null where the axes are not next to each other.
    ///
    /// @param kind what is done; for a mean the caller gives the factor in `scale`
    /// @param x the shape of the array, batched where the call runs per shard
    public static @Nullable Call reduce(
            Op.ReduceKind kind, List<Integer> axes, Shape x, float scale, Buffer from, Buffer to) {
        int first = axes.getFirst();
        int last = axes.getLast();
        if (last - first + 1 != axes.size()) {
            return null;
        }
        long outer = product(x, 0, first);
        long middle = product(x, first, last + 1);
        long inner = product(x, last + 1, x.rank());
        var follows =
                !x.isBatched()
                        ? ReduceCall.Batch.NONE
                        : first == 0 ? ReduceCall.Batch.MIDDLE : ReduceCall.Batch.OUTER;
        boolean sums = kind == Op.ReduceKind.SUM || kind == Op.ReduceKind.MEAN;
        int vector = Math.toIntExact(inner);
        return new ReduceCall(
                kind,
                outer,
                middle,
                vector,
                follows,
                scale,
                from,
                to,
                sums && vector > 1 ? ColumnSums.of(vector, from.element()) : null);
    }

    private static long product(Shape shape, int from, int to) {
        long product = 1;
        for (int axis = from; axis < to; axis++) {
            product *= shape.dim(axis) == Shape.BATCH ? 1 : shape.dim(axis);
        }
        return product;
    }

    /// The sum (or largest, smallest) of the lanes' parts, joined as a fixed tree: the same bits whoever computed them.
    ///
    /// @param parts where the first part lies; the next follow by `laneBytes`
    /// @param scale a factor for the result
    public static Call combine(
            Op.ReduceKind kind, int lanes, long elements, float scale, Buffer parts, Buffer to) {
        var function =
                switch (kind) {
                    case SUM, MEAN -> Op.BinaryFunction.ADD;
                    case MAX -> Op.BinaryFunction.MAXIMUM;
                    case MIN -> Op.BinaryFunction.MINIMUM;
                };
        var tree =
                new Tree(
                        Shape.of(Math.toIntExact(elements)),
                        lanes,
                        parts,
                        parts.laneBytes(),
                        function);
        int last = tree.root;
        if (scale != 1) {
            tree.program.fill(tree.next, scale);
            tree.program.binary(tree.next + 1, Op.BinaryFunction.MULTIPLY, last, tree.next);
            last = tree.next + 1;
        }
        tree.program.store(last, to);
        return tree.program.build();
    }

    /// A program that joins parts pair by pair.
    private static final class Tree {
        final ProgramBuilder program;

        /// The value that all parts are joined in, and the first number that is free for another.
        final int root;

        final int next;

        Tree(Shape shape, int count, Buffer parts, long partBytes, Op.BinaryFunction function) {
            Map<Integer, Integer> uses = new HashMap<>();
            IntStream.range(0, 2 * count + 3).forEach(value -> uses.put(value, 1));
            program = new ProgramBuilder(shape, uses);
            int[] joined = IntStream.range(0, count).toArray();
            for (int part : joined) {
                long at = parts.offset() + part * partBytes;
                program.load(part, Buffer.fixed(parts.region(), at), shape);
            }
            int free = count;
            for (int step = 1; step < count; step *= 2) {
                for (int part = 0; part + step < count; part += 2 * step) {
                    program.binary(free, function, joined[part], joined[part + step]);
                    joined[part] = free++;
                }
            }
            root = joined[0];
            next = free;
        }
    }

    /// A copy of `elements` floats in row order (of each sample, where sharded).
    public static Call copy(boolean sharded, long elements, Buffer from, Buffer to) {
        return new CopyCall(
                "copy", sharded, 1, 4 * elements, from, 0, 4 * elements, to, 0, 4 * elements);
    }

    /// One part of a concatenation, or of its reverse: `size` elements from `fromBegin` of an axis go to `toBegin`.
    ///
    /// @param from the shape read, with the batch where sharded
    /// @param to the shape written
    public static Call copyAxis(
            String name,
            Shape from,
            int fromBegin,
            Shape to,
            int toBegin,
            int axis,
            int size,
            Buffer source,
            Buffer target) {
        long inner = 4 * product(from, axis + 1, from.rank());
        return new CopyCall(
                name,
                from.isBatched(),
                product(from, 0, axis),
                size * inner,
                source,
                fromBegin * inner,
                from.dim(axis) * inner,
                target,
                toBegin * inner,
                to.dim(axis) * inner);
    }

    /// An op over rows of class scores: softmax, log-softmax, arg-max, gather, rank, one-hot.
    ///
    /// @param scores the shape of the rows, `[..., classes]`
    /// @param labels the class numbers, where the op takes them beside scores
    public static Call classes(Op op, Shape scores, Buffer x, @Nullable Buffer labels, Buffer y) {
        int classes = scores.last();
        return new ClassCall(
                op, scores.isBatched(), scores.elements() / classes, classes, x, labels, y);
    }

    /// The same numbers in another kind of memory, rounded where it has fewer bits.
    public static Call convert(Shape shape, Buffer from, Buffer to) {
        var program = new ProgramBuilder(shape, Map.of(0, 1));
        program.load(0, from, shape);
        program.store(0, to);
        return program.build();
    }

    /// A call that makes an array in blocks of `block` elements, and a program over the same elements, by turns.
    public static Call thenProgram(Call first, long block, Call program) {
        return new ThenProgramCall(first, block, (ElementwiseCall) program);
    }

    /// The sum of a product's parts, then its bias and activation.
    ///
    /// @param shape rows and columns of the product
    /// @param partBytes bytes from one part to the next
    public static Call joinProduct(
            Shape shape,
            int count,
            long partBytes,
            Buffer parts,
            @Nullable Buffer bias,
            Op.@Nullable UnaryFunction activation,
            Buffer y) {
        var tree = new Tree(shape, count, parts, partBytes, Op.BinaryFunction.ADD);
        var program = tree.program;
        int next = tree.next;
        int last = tree.root;
        if (bias != null) {
            program.load(next, bias, Shape.of(shape.last()));
            program.binary(next + 1, Op.BinaryFunction.ADD, last, next);
            last = next + 1;
            next += 2;
        }
        if (activation != null) {
            program.unary(next, activation, last);
            last = next;
        }
        program.store(last, y);
        return program.build();
    }

    /// Fills an array with one number.
    public static Call fill(boolean sharded, long elements, float value, Buffer to) {
        return ElementwiseCall.of(
                new Instruction[] {new Instruction.Fill(0, value), new Instruction.Store(0, to)},
                1,
                sharded,
                elements);
    }
}
