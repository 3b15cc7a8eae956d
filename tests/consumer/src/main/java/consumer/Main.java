package consumer;

import static dev.gnomon.activation.Activation.RELU;
import static dev.gnomon.activation.Activation.SOFTMAX;

import dev.gnomon.Gnomon;
import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.MaxPooling2D;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Metrics;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.train.Fit;

import java.nio.file.Path;
import java.util.Random;

/// Uses the installed library as a program outside the repository does: trains, saves, loads, predicts.
public final class Main {
    private static final int SAMPLES = 600;
    private static final int SIZE = 12;

    private Main() {}

    /// Pictures of a bright bar, which lies (class 0) or stands (class 1), on noise.
    private static Dataset bars() {
        var random = new Random(1);
        var pixels = new byte[SAMPLES * SIZE * SIZE];
        var labels = new int[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            labels[i] = random.nextInt(2);
            int place = random.nextInt(SIZE);
            for (int p = 0; p < SIZE * SIZE; p++) {
                int across = labels[i] == 0 ? p / SIZE : p % SIZE;
                pixels[i * SIZE * SIZE + p] =
                        (byte) (random.nextInt(80) + (across == place ? 170 : 0));
            }
        }
        return Dataset.of(Column.of(pixels, SAMPLES, SIZE, SIZE), Column.labels(labels));
    }

    public static void main(String[] args) {
        System.out.println("Gnomon " + Gnomon.version());
        var data = bars();
        var model =
                Sequential.of(
                        Input.of(SIZE, SIZE, 1),
                        new Rescaling(1 / 255.0),
                        new Conv2D(8, 3).withActivation(RELU),
                        new MaxPooling2D(2),
                        new Flatten(),
                        new Dense(2).withActivation(SOFTMAX));
        model.compile(new Adam(0.01), new SparseCategoricalCrossentropy(), Metrics.accuracy());
        model.fit(data.take(500), Fit.epochs(5).withSeed(1));
        var figures = model.evaluate(data.skip(500));
        System.out.println("Trained: " + figures);

        var file = Path.of(args[0]);
        model.save(file);
        var loaded = Model.load(file);
        if (figures.get("accuracy") < 0.9
                || !loaded.evaluate(data.skip(500)).equals(figures)
                || !loaded.predict(data.images()).equals(model.predict(data.images()))) {
            throw new IllegalStateException("The loaded model is not the one that was trained.");
        }
        System.out.println("Loaded: the same");
    }
}
