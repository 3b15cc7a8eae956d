package dev.gnomon.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.file.WeightsLayout.Part;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightsLayoutTest {
    /// The right side is what Keras's own function gives.
    @ParameterizedTest
    @CsvSource({
        "Conv2D, conv2d",
        "Conv2DTranspose, conv2d_transpose",
        "SeparableConv1D, separable_conv1d",
        "BatchNormalization, batch_normalization",
        "MaxPooling2D, max_pooling2d",
        "GlobalAveragePooling2D, global_average_pooling2d",
        "ZeroPadding2D, zero_padding2d",
        "ReLU, re_lu",
        "PReLU, p_re_lu",
        "LeakyReLU, leaky_re_lu",
        "ELU, elu",
        "GRU, gru",
        "LSTM, lstm",
        "InputLayer, input_layer",
        "UpSampling2D, up_sampling2d",
        "RMSprop, rm_sprop",
        "AdamW, adam_w",
        "SGD, sgd",
        "EinsumDense, einsum_dense",
        "My_Layer, my__layer",
    })
    void snakeCaseIsKeras(String className, String expected) {
        assertThat(WeightsLayout.snakeCase(className)).isEqualTo(expected);
    }

    @Test
    void countsLayersOfOneClass() {
        assertThat(WeightsLayout.names(List.of("Conv2D", "Dense", "Conv2D", "Conv2D", "Dense")))
                .containsExactly("conv2d", "dense", "conv2d_1", "conv2d_2", "dense_1");
    }

    @Test
    void nestsModels() {
        var inner = new Part("Sequential", List.of(new Part("Conv2D"), new Part("Conv2D")));
        assertThat(
                        WeightsLayout.paths(
                                "", List.of(new Part("InputLayer"), inner, new Part("Conv2D"))))
                .containsExactly(
                        "layers/input_layer",
                        "layers/sequential",
                        "layers/sequential/layers/conv2d",
                        "layers/sequential/layers/conv2d_1",
                        "layers/conv2d");
        assertThat(WeightsLayout.variable("layers/conv2d", 1)).isEqualTo("layers/conv2d/vars/1");
        assertThat(WeightsLayout.variable("", 0)).isEqualTo("vars/0");
    }
}
