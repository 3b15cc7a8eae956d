package dev.gnomon.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.check.ShapeException;
import dev.gnomon.graph.Op.PoolKind;
import dev.gnomon.graph.Op.ReduceKind;
import dev.gnomon.graph.Op.Window;
import dev.gnomon.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeRulesTest {
    private static final Shape IMAGE = Shape.batched(5, 7, 4);
    private static final Window PLAIN = window(3, 3, 1, 1, 0, 0);

    @Test
    void broadcastsAsNumpyDoes() {
        assertThat(ShapeRules.broadcast(Shape.SCALAR, Shape.SCALAR)).isEqualTo(Shape.SCALAR);
        assertThat(ShapeRules.broadcast(Shape.of(2, 1, 3), Shape.of(4, 1)))
                .isEqualTo(Shape.of(2, 4, 3));
        assertThat(ShapeRules.broadcast(Shape.batched(1), Shape.of(1, 5)))
                .isEqualTo(Shape.batched(5));
        assertThat(ShapeRules.broadcast(Shape.of(1), Shape.batched())).isEqualTo(Shape.batched());
        assertThat(ShapeRules.broadcast(Shape.of(0), Shape.of(1))).isEqualTo(Shape.of(0));
    }

    @Test
    void rejectsWhatDoesNotBroadcast() {
        rejects(
                () -> ShapeRules.broadcast(Shape.of(2, 3), Shape.of(2)),
                "[2, 3] and [2] do not broadcast: counted from the end, each pair of axes must be equal or one of them 1.");
        rejects(
                () -> ShapeRules.broadcast(Shape.batched(3), Shape.of(2, 3)),
                "[batch, 3] and [2, 3] do not broadcast");
        rejects(
                () -> ShapeRules.broadcast(Shape.batched(), Shape.of(4, 1)),
                "[batch] and [4, 1] do not broadcast: the batch would not be the first axis.");
    }

    @Test
    void multipliesMatrices() {
        assertThat(matMul(false, false, Shape.batched(2, 5), Shape.of(5, 3)))
                .isEqualTo(Shape.batched(2, 3));
        assertThat(matMul(false, true, Shape.batched(5), Shape.of(3, 5)))
                .isEqualTo(Shape.batched(3));
        assertThat(matMul(true, false, Shape.batched(2, 5), Shape.batched(2, 3)))
                .isEqualTo(Shape.of(5, 3));
    }

    @Test
    void rejectsMatricesThatDoNotFit() {
        rejects(
                () -> matMul(false, false, Shape.of(5), Shape.of(5, 3)),
                "both need at least two axes");
        rejects(
                () -> matMul(true, true, Shape.of(5, 3), Shape.of(5, 3)),
                "only one of the two can be transposed");
        rejects(
                () -> matMul(false, false, Shape.batched(4), Shape.of(5, 3)),
                "matmul of [batch, 4] and [5, 3]: the last axis of the first must be 5.");
        rejects(
                () -> matMul(false, false, Shape.of(4, 5), Shape.batched(5)),
                "none of them the batch");
        rejects(
                () -> matMul(true, false, Shape.of(4, 5), Shape.batched(5)),
                "all axes but the last must be equal");
    }

    @Test
    void countsThePlacesOfAWindow() {
        assertThat(conv(PLAIN, 1, IMAGE, Shape.of(3, 3, 4, 6))).isEqualTo(Shape.batched(3, 5, 6));
        assertThat(conv(window(3, 2, 2, 1, 1, 1), 2, IMAGE, Shape.of(3, 2, 2, 6)))
                .isEqualTo(Shape.batched(3, 8, 6));
        assertThat(conv(window(3, 3, 1, 2, 0, 0), 1, IMAGE, Shape.of(3, 3, 4, 1)))
                .isEqualTo(Shape.batched(1, 3, 1));
        assertThat(conv(window(5, 7, 3, 1, 0, 0), 1, IMAGE, Shape.of(5, 7, 4, 1)))
                .isEqualTo(Shape.batched(1, 1, 1));
    }

    @Test
    void rejectsAWindowThatDoesNotFit() {
        rejects(
                () -> conv(window(7, 7, 1, 1, 0, 0), 1, IMAGE, Shape.of(7, 7, 4, 6)),
                "A 7×7 window does not fit an input of 5×7. Received [batch, 5, 7, 4]. Use padding SAME or a smaller"
                        + " window.");
        rejects(
                () -> conv(window(3, 3, 1, 3, 0, 0), 1, IMAGE, Shape.of(3, 3, 4, 6)),
                "A 7×7 window does not fit");
        rejects(
                () -> pool(window(6, 1, 1, 1, 0, 0), IMAGE),
                "A 6×1 window does not fit an input of 5×7");
    }

    @Test
    void rejectsKernelsAndGroupsThatDoNotFit() {
        rejects(
                () -> conv(PLAIN, 1, Shape.batched(5, 7), Shape.of(3, 3, 4, 6)),
                "Conv2D needs [batch, height, width");
        rejects(
                () -> conv(PLAIN, 1, IMAGE, Shape.of(2, 3, 4, 6)),
                "Conv2D: the kernel must be [3, 3, in/groups, out], but is [2, 3, 4, 6].");
        rejects(
                () -> conv(PLAIN, 1, IMAGE, Shape.of(3, 3, 3, 6)),
                "1 groups of a kernel [3, 3, 3, 6] do not fit");
        rejects(
                () -> conv(PLAIN, 2, IMAGE, Shape.of(3, 3, 2, 5)),
                "2 groups of a kernel [3, 3, 2, 5] do not fit");
        rejects(() -> conv(PLAIN, 0, Shape.batched(5, 7, 0), Shape.of(3, 3, 0, 5)), "0 groups");
    }

    @Test
    void rejectsPoolingOfPaddingAlone() {
        rejects(
                () -> pool(window(2, 2, 1, 1, 2, 0), IMAGE),
                "Pooling: a padding of 2+0 and 2+0 is not smaller than the window, which would see nothing else.");
        assertThat(pool(window(2, 2, 1, 1, 1, 1), IMAGE)).isEqualTo(Shape.batched(6, 8, 4));
    }

    @Test
    void reducesAxes() {
        Value x = new Graph().input("x", IMAGE);
        assertThat(x.sum(-1).shape()).isEqualTo(Shape.batched(5, 7));
        assertThat(x.mean(0, 2).shape()).isEqualTo(Shape.of(5, 4));
        assertThat(x.reduce(ReduceKind.MAX, true, 3, 0).shape()).isEqualTo(Shape.of(1, 5, 7, 1));
        assertThat(x.sumAll().shape()).isEqualTo(Shape.SCALAR);
    }

    @Test
    void reducesAllButTheBatchWithoutAxes() {
        Value x = new Graph().input("x", IMAGE);
        assertThat(x.mean().shape()).isEqualTo(Shape.batched());
        assertThat(x.mean().mean()).isEqualTo(x.mean());
        assertThat(x.graph().variable("v", Shape.of(2, 3)).reduceMax().shape())
                .isEqualTo(Shape.SCALAR);
    }

    @Test
    void rejectsAxesThatAreNotThere() {
        Value x = new Graph().input("x", Shape.batched(5, 7));
        rejects(() -> x.sum(3), "reduce of [batch, 5, 7]: there is no axis 3.");
        rejects(() -> x.sum(-5), "reduce of [batch, 5, 7]: there is no axis -2.");
        rejects(
                () -> x.sum(1, -2),
                "reduce of [batch, 5, 7] needs at least one axis and each only once");
        rejects(() -> x.slice(-5, 0, 1), "slice of [batch, 5, 7]: there is no axis -2.");
        rejects(() -> x.pad(-5, 0, 1, 0), "pad of [batch, 5, 7]: there is no axis -2.");
        rejects(
                () -> x.graph().concat(-5, List.of(x, x)),
                "Concatenate of [batch, 5, 7]: there is no axis -2.");
        rejects(() -> x.transpose(0, -1, 1), "transpose of [batch, 5, 7]: there is no axis -1.");
    }

    @Test
    void movesElements() {
        Value x = new Graph().input("x", Shape.batched(2, 6));
        assertThat(x.reshape(Shape.batched(3, 4)).shape()).isEqualTo(Shape.batched(3, 4));
        assertThat(x.transpose(0, 2, 1).shape()).isEqualTo(Shape.batched(6, 2));
        assertThat(x.graph().concat(-1, List.of(x, x, x)).shape()).isEqualTo(Shape.batched(2, 18));
        assertThat(x.slice(2, 5, 1).shape()).isEqualTo(Shape.batched(2, 1));
        assertThat(x.pad(1, 2, 1, 0).shape()).isEqualTo(Shape.batched(5, 6));
    }

    @Test
    void rejectsMovesThatDoNotFit() {
        Value x = new Graph().input("x", Shape.batched(2, 6));
        rejects(
                () -> x.reshape(Shape.batched(5)),
                "[batch, 2, 6] cannot be reshaped to [batch, 5]: the number of elements must stay 12.");
        rejects(() -> x.reshape(Shape.of(12)), "[batch, 2, 6] cannot be reshaped to [12]");
        rejects(() -> x.transpose(1, 0, 2), "the batch must stay the first axis");
        rejects(() -> x.transpose(0, 1, 1), "needs each axis once");
        rejects(() -> x.transpose(0, 1), "needs each axis once");
        rejects(
                () -> x.broadcastTo(Shape.of(2, 6)),
                "[batch, 2, 6] cannot be broadcast to [2, 6].");
        rejects(() -> x.slice(0, 0, 1), "the batch cannot be sliced");
        rejects(() -> x.slice(1, 1, 2), "elements 1 to 3 are not within axis 1");
        rejects(() -> x.pad(0, 0, 1, 0), "the batch cannot be padded");
        rejects(() -> x.pad(1, -1, 1, 0), "-1 and 1 must be at least 0");
    }

    @Test
    void rejectsToConcatenateTheBatch() {
        var graph = new Graph();
        Value x = graph.input("x", Shape.batched(2));
        Value fixed = graph.variable("v", Shape.of(3, 2));
        rejects(
                () -> graph.concat(0, List.of(x, x)),
                "Concatenate along the batch is not possible");
        rejects(
                () -> graph.concat(0, List.of(fixed, x)),
                "Concatenate along the batch is not possible");
        rejects(
                () -> graph.concat(1, List.of(x, fixed)),
                "all other axes must be equal, but received [[batch, 2], [3, 2]]");
    }

    @Test
    void choosesClasses() {
        var graph = new Graph();
        Value scores = graph.input("scores", Shape.batched(4, 5));
        Value labels = graph.input("labels", Shape.batched(4));
        assertThat(scores.gatherClass(labels).shape()).isEqualTo(Shape.batched(4));
        assertThat(scores.argMax().shape()).isEqualTo(Shape.batched(4));
        assertThat(labels.oneHot(3).shape()).isEqualTo(Shape.batched(4, 3));
        rejects(
                () -> scores.gatherClass(scores),
                "Class numbers of shape [batch, 4, 5] do not fit scores of shape [batch, 4, 5]: they need every axis but"
                        + " the last.");
        rejects(
                () -> graph.batchSize().softmax(),
                "Softmax needs a last axis of at least 1, but received [].");
        rejects(
                () -> graph.input("b", Shape.batched()).argMax(),
                "arg_max needs a last axis of at least 1");
    }

    private static Shape matMul(boolean transposeA, boolean transposeB, Shape a, Shape b) {
        return ShapeRules.of(new Op.MatMul(transposeA, transposeB), List.of(a, b));
    }

    private static Shape conv(Window window, int groups, Shape x, Shape kernel) {
        return ShapeRules.of(new Op.Conv2D(window, groups), List.of(x, kernel));
    }

    private static Shape pool(Window window, Shape x) {
        return ShapeRules.of(new Op.Pool2D(PoolKind.MAX, window), List.of(x));
    }

    private static Window window(
            int height, int width, int stride, int dilation, int before, int after) {
        return new Window(
                height, width, stride, 1, dilation, dilation, before, after, before, after);
    }

    private static void rejects(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(ShapeException.class).hasMessageContaining(message);
    }
}
