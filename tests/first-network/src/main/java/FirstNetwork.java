import static dev.gnomon.activation.Activation.RELU;
import static dev.gnomon.activation.Activation.SOFTMAX;

import dev.gnomon.data.Mnist;
import dev.gnomon.data.Npy;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Dropout;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Metrics;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.train.Fit;
import dev.gnomon.train.Verbose;
import java.nio.file.Path;
import java.util.Arrays;

/// Learns to read handwritten digits.
public final class FirstNetwork {
    public static void main(String[] args) {
        var mnist = Mnist.load();
        var model =
                Sequential.of(
                        Input.of(28, 28),
                        new Rescaling(1 / 255.0),
                        new Flatten(),
                        new Dense(128).withActivation(RELU),
                        new Dropout(0.2),
                        new Dense(10).withActivation(SOFTMAX));
        System.out.println(model.summary());

        model.compile(new Adam(), new SparseCategoricalCrossentropy(), Metrics.accuracy());
        model.fit(
                mnist.train(),
                Fit.epochs(3).withBatchSize(128).withValidationSplit(0.1).withVerbose(Verbose.LINES));
        System.out.println("On the test set: " + model.evaluate(mnist.test()));
        model.save(Path.of("digits.keras"));

        var pictures = mnist.test().images().slice(0, 10);
        Npy.write(Path.of("pictures.npy"), pictures);
        var digits = Model.load(Path.of("digits.keras")).predict(pictures).argMax();
        System.out.println("Digits: " + Arrays.toString(digits));
    }
}
