package dev.gnomon.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.graph.Op.PoolKind;
import dev.gnomon.graph.Op.Window;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class OpTextTest {
    @Test
    void writesANodeOnOneLine() {
        var graph = new Graph();
        Value x = graph.input("x", Shape.batched(28, 28, 1));
        Value kernel = graph.variable("conv/kernel", Shape.of(3, 3, 1, 8));
        Value y = x.conv2d(kernel, new Window(3, 3, 2, 2, 1, 1, 0, 1, 0, 1), 1);
        assertThat(x).hasToString("%0 = input 'x'() : [batch, 28, 28, 1]");
        assertThat(kernel).hasToString("%1 = variable 'conv/kernel'() : [3, 3, 1, 8]");
        assertThat(y).hasToString("%2 = conv2d[3x3 /2x2 pad 0+1 0+1](%0, %1) : [batch, 14, 14, 8]");
    }

    @Test
    void writesSettings() {
        var plain = new Window(2, 3, 1, 1, 1, 1, 0, 0, 0, 0);
        var dilated = new Window(2, 3, 1, 2, 1, 4, 0, 0, 0, 0);
        assertThat(OpText.name(new Op.Conv2D(plain, 1))).isEqualTo("conv2d[2x3]");
        assertThat(OpText.name(new Op.Conv2DInputGradient(dilated, 8, Shape.SCALAR)))
                .isEqualTo("conv2d_input_gradient[2x3 /1x2 dilated 1x4 groups 8]");
        assertThat(OpText.name(new Op.Pool2DGradient(PoolKind.MAX, plain)))
                .isEqualTo("max_pool2d_gradient[2x3]");
        assertThat(OpText.name(new Op.MatMul(true, false))).isEqualTo("matmul_transposed_a");
        assertThat(OpText.name(new Op.Reduce(Op.ReduceKind.MEAN, List.of(0, 2), true)))
                .isEqualTo("reduce_mean[0, 2] keeping dims");
        assertThat(OpText.name(new Op.Slice(1, 2, 3))).isEqualTo("slice[axis 1, 2 to 5]");
        assertThat(OpText.name(new Op.Dropout(0.25f, "drop"))).isEqualTo("dropout[0.25, 'drop']");
        assertThat(OpText.name(new Op.Constant(Tensor.scalar(1.5f)))).isEqualTo("constant 1.5");
        assertThat(OpText.name(new Op.Constant(Tensor.of(new float[2], 2))))
                .isEqualTo("constant [2]");
    }

    @Test
    void doesNotDependOnTheLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(OpText.name(new Op.Unary(Op.UnaryFunction.SIGMOID))).isEqualTo("sigmoid");
        } finally {
            Locale.setDefault(before);
        }
    }
}
