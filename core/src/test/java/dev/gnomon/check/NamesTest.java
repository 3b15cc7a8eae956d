package dev.gnomon.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "Conv2D, conv2d",
        "MaxPooling2D, max_pooling2d",
        "ReLU, re_lu",
        "RMSprop, rm_sprop",
        "AdamW, adam_w",
        "BatchNormalization, batch_normalization",
        "InputLayer, input_layer",
        "L1L2, l1l2"
    })
    void writesClassNamesAsKerasDoes(String className, String expected) {
        assertThat(Names.snakeCase(className)).isEqualTo(expected);
    }
}
