package dev.gnomon.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.keras.KerasFormat;
import dev.gnomon.keras.KerasNames;
import dev.gnomon.layer.Input;
import dev.gnomon.loss.MeanSquaredError;
import dev.gnomon.model.Sequential;
import dev.gnomon.optimizer.SGD;
import dev.gnomon.tensor.Tensor;
import dev.gnomon.train.Fit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/// An own layer with a weight: it learns, and is saved and found by its name.
class ScaleTest {
    @Test
    void learnsAndIsSavedByItsName(@TempDir Path folder) {
        var model = Sequential.of(Input.of(2), new Scale());
        model.compile(new SGD(0.1), new MeanSquaredError());
        var x = Column.of(new float[] {1, 1, 2, 1, -1, 3}, 3, 2);
        var y = Column.of(new float[] {3, -2, 6, -2, -3, -6}, 3, 2);
        model.fit(Dataset.of(x, y), Fit.epochs(100));
        assertThat(model.weight("scale/scale").values())
                .containsExactly(new float[] {3, -2}, within(1e-3f));

        var names = KerasNames.known().with("examples>Scale", Scale.class);
        var file = folder.resolve("scale.keras");
        KerasFormat.save(model, file, names);
        var loaded = KerasFormat.load(file, names);
        assertThat(loaded.layer("scale").layer()).isEqualTo(new Scale());
        assertThat(loaded.predict(Tensor.of(new float[] {1, 1}, 1, 2)))
                .isEqualTo(model.predict(Tensor.of(new float[] {1, 1}, 1, 2)));
    }
}
