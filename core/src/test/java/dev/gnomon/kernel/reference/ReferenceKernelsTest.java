package dev.gnomon.kernel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gnomon.check.DataException;
import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Op;
import dev.gnomon.graph.Value;
import dev.gnomon.kernel.DropoutStream;
import dev.gnomon.kernel.StepContext;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceKernelsTest {
    private final Graph graph = new Graph();

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1e-10, 1.1283791670955126e-10",
        "0.1, 0.1124629160182849",
        "0.5, 0.5204998778130465",
        "1, 0.8427007929497149",
        "2, 0.9953222650189527",
        "2.4999999, 0.9995930477647266",
        "2.5, 0.999593047982555",
        "3, 0.9999779095030014",
        "4, 0.9999999845827421",
        "7, 1"
    })
    void erfIsAccurate(double x, double expected) {
        assertThat(Erf.of(x)).isCloseTo(expected, within(4e-16 + 1e-15 * expected));
        assertThat(Erf.of(-x)).isEqualTo(-Erf.of(x));
    }

    @Test
    void erfKeepsNanAndInfinity() {
        assertThat(Erf.of(Double.NaN)).isNaN();
        assertThat(Erf.of(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
    }

    @Test
    void computesFunctions() {
        Value x = constant(new float[] {-2, -0.5f, 0, 3}, 4);
        assertThat(evaluate(x.relu())).containsExactly(0, 0, 0, 3);
        assertThat(evaluate(x.sign())).containsExactly(-1, -1, 0, 1);
        assertThat(evaluate(x.floor())).containsExactly(-2, -1, 0, 3);
        assertThat(evaluate(x.clip(-1, 2))).containsExactly(-1, -0.5, 0, 2);
        assertThat(evaluate(x.sigmoid())[3]).isCloseTo(0.9525741268224334, within(1e-15));
        assertThat(evaluate(constant(new float[] {-1000, 1000}, 2).sigmoid()))
                .containsExactly(0, 1);
        assertThat(evaluate(x.select(x.neg(), graph.constant(9)))).containsExactly(2, 0.5, 9, -3);
    }

    @Test
    void broadcastsBothSides() {
        Value a = constant(new float[] {1, 2}, 2, 1);
        Value b = constant(new float[] {10, 20, 30}, 3);
        assertThat(evaluate(a.add(b))).containsExactly(11, 21, 31, 12, 22, 32);
        assertThat(evaluate(b.sub(a))).containsExactly(9, 19, 29, 8, 18, 28);
        assertThat(evaluate(a.less(constant(new float[] {1, 2, 3}, 3))))
                .containsExactly(0, 1, 1, 0, 0, 1);
        assertThat(evaluate(a.broadcastTo(Shape.of(2, 2, 2))))
                .containsExactly(1, 1, 2, 2, 1, 1, 2, 2);
    }

    @Test
    void multipliesMatrices() {
        Value a = constant(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        Value b = constant(new float[] {1, 0, 2, 0, 1, -1}, 3, 2);
        assertThat(evaluate(a.matmul(b))).containsExactly(1 + 4 + 3, -3, 4 + 10 + 6, -6);
    }

    @Test
    void multipliesTransposedMatrices() {
        Value a = constant(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        Value c = constant(new float[] {1, 2, 0, -1, 0, 1}, 2, 3);
        assertThat(evaluate(graph.add(new Op.MatMul(false, true), a, c)))
                .containsExactly(5, 2, 14, 2);
        assertThat(evaluate(graph.add(new Op.MatMul(true, false), a, c)))
                .containsExactly(-3, 2, 4, -3, 4, 5, -3, 6, 6);
    }

    @Test
    void reduces() {
        Value x = constant(new float[] {1, 2, 3, 4, 5, 7}, 2, 3);
        assertThat(evaluate(x.sum(0))).containsExactly(5, 7, 10);
        assertThat(evaluate(x.mean(1))).containsExactly(2, 16.0 / 3);
        assertThat(evaluate(x.reduceMax(0, 1))).containsExactly(7);
        assertThat(evaluate(x.neg().reduceMin(1))).containsExactly(-3, -7);
    }

    @Test
    void movesElements() {
        Value x = constant(new float[] {1, 2, 3, 4, 5, 6}, 1, 2, 3);
        assertThat(evaluate(x.transpose(2, 0, 1))).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(evaluate(x.slice(2, 1, 2))).containsExactly(2, 3, 5, 6);
        assertThat(evaluate(x.pad(1, 1, 0, 9))).containsExactly(9, 9, 9, 1, 2, 3, 4, 5, 6);
        assertThat(evaluate(x.pad(2, 0, 1, -1))).containsExactly(1, 2, 3, -1, 4, 5, 6, -1);
        Value column = constant(new float[] {7, 8}, 1, 2, 1);
        assertThat(evaluate(graph.concat(2, List.of(column, x))))
                .containsExactly(7, 1, 2, 3, 8, 4, 5, 6);
    }

    @Test
    void choosesClasses() {
        Value scores = constant(new float[] {5, 7, 7, 1, 0, -1}, 2, 3);
        Value labels = constant(new float[] {0, 2}, 2);
        assertThat(evaluate(scores.argMax())).containsExactly(1, 0);
        assertThat(evaluate(scores.gatherClass(labels))).containsExactly(5, -1);
        assertThat(evaluate(graph.add(new Op.RankOfClass(), scores, labels))).containsExactly(2, 2);
        assertThat(
                        evaluate(
                                graph.add(
                                        new Op.RankOfClass(),
                                        scores,
                                        constant(new float[] {2, 0}, 2))))
                .containsExactly(0, 0);
        assertThat(evaluate(constant(new float[] {1, 3, 0.5f}, 3).oneHot(2)))
                .containsExactly(0, 1, 0, 0, 0, 0);
    }

    @Test
    void rejectsAClassNumberThatIsNoClass() {
        Value scores = constant(new float[] {5, 7}, 1, 2);
        assertThatThrownBy(() -> evaluate(scores.gatherClass(constant(new float[] {2}, 1))))
                .isInstanceOf(DataException.class)
                .hasMessage("A class number must be a whole number from 0 to 1, but is 2.0.");
    }

    @Test
    void softmaxStandsLargeScores() {
        Value scores = constant(new float[] {1000, 1000, -1000, 0, 0, 0}, 2, 3);
        assertThat(evaluate(scores.softmax()))
                .containsExactly(
                        new double[] {0.5, 0.5, 0, 1 / 3.0, 1 / 3.0, 1 / 3.0}, within(1e-15));
        assertThat(evaluate(scores.logSoftmax())[2]).isCloseTo(-2000 - Math.log(2), within(1e-12));
    }

    @Test
    void dropsTheSameElementsInAShardAsInTheBatch() {
        Value x = graph.input("x", Shape.batched(7)).dropout(0.5, "drop");
        double[] ones = new double[28];
        java.util.Arrays.fill(ones, 1);
        double[] whole =
                ReferenceKernels.evaluate(x, 4, List.of(ones), new StepContext(9, 2, 4, 0));
        double[] shard =
                ReferenceKernels.evaluate(
                        x,
                        2,
                        List.of(java.util.Arrays.copyOf(ones, 14)),
                        new StepContext(9, 2, 4, 2));
        assertThat(shard).containsExactly(java.util.Arrays.copyOfRange(whole, 14, 28));
        Key third = Key.of(9).child("drop").child(2).child(2);
        for (int i = 0; i < 7; i++) {
            assertThat(shard[i]).isEqualTo(DropoutStream.keeps(third, i, 32768) ? 2 : 0);
        }
    }

    @Test
    void dropoutOfAValueWithoutBatchIsThatOfSampleZero() {
        Value x = graph.variable("x", Shape.of(2, 3)).dropout(0.5, "drop");
        double[] y =
                ReferenceKernels.evaluate(
                        x,
                        1,
                        List.of(new double[] {1, 1, 1, 1, 1, 1}),
                        new StepContext(9, 2, 4, 3));
        Key first = Key.of(9).child("drop").child(2).child(0);
        for (int i = 0; i < 6; i++) {
            assertThat(y[i]).isEqualTo(DropoutStream.keeps(first, i, 32768) ? 2 : 0);
        }
    }

    private Value constant(float[] values, int... dims) {
        return graph.constant(Tensor.of(values, dims));
    }

    private static double[] evaluate(Value value) {
        return GraphEvaluator.value(value, Map.of(), Map.of(), StepContext.of(1, 1));
    }
}
