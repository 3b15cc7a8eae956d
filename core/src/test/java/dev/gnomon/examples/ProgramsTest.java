package dev.gnomon.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.data.TrainTest;
import dev.gnomon.keras.KerasFormat;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Metrics;
import dev.gnomon.model.Model;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.train.Fit;
import dev.gnomon.train.History;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The Java programs of docs/python-and-java.md learn, on drawn squares and on a slice of MNIST.
class ProgramsTest {
    enum Digits {
        DRAWN,
        HANDWRITTEN;

        TrainTest load() {
            return this == DRAWN ? SmallData.drawnDigits() : SmallData.digits();
        }
    }

    private static final Fit FIT = Fit.epochs(5).withBatchSize(64).withSeed(1);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private static void assertLearns(History history, String figure) {
        double first = history.epochs().getFirst().get(figure);
        assertThat(history.last().get(figure)).as(figure).isLessThan(first);
    }

    @ParameterizedTest
    @EnumSource
    void mnistMlp(Digits digits) {
        var history = MnistMlp.run(MnistMlp.build(), digits.load(), FIT);
        assertThat(history.last().get("val_accuracy")).isGreaterThan(0.6);
    }

    @ParameterizedTest
    @EnumSource
    void mnistCnn(Digits digits) {
        var history = MnistCnn.run(MnistCnn.build(), digits.load(), FIT);
        assertThat(history.last().get("val_accuracy")).isGreaterThan(0.6);
    }

    @ParameterizedTest
    @EnumSource
    void stopAndSave(Digits digits) throws Exception {
        var model = OwnLoop.build();
        model.compile(new Adam(0.003), new SparseCategoricalCrossentropy(), Metrics.accuracy());
        var data = digits.load();
        var fit = Fit.epochs(100).withBatchSize(64).withSeed(1);
        var history = StopAndSave.run(model, data, folder, fit);

        assertThat(history.stopped()).startsWith("EarlyStopping: val_loss was best after epoch");
        assertThat(history.last().get("learning_rate")).isLessThan(0.003);
        assertThat(Files.readAllLines(folder.resolve("log.csv")))
                .hasSize(1 + history.epochs().size());
        var best = Model.load(folder.resolve("best.keras"));
        assertThat(best.evaluate(data.test())).isEqualTo(model.evaluate(data.test()));
    }

    @ParameterizedTest
    @EnumSource
    void twoHeads(Digits digits) {
        var history = TwoHeads.run(TwoHeads.build(), digits.load(), FIT);
        assertLearns(history, "digit_loss");
        assertLearns(history, "odd_loss");
    }

    @ParameterizedTest
    @EnumSource
    void trainOnAndEmbeddings(Digits digits) {
        var data = digits.load();
        var file = folder.resolve("digits.keras");
        TrainOn.begin(MnistMlp.build(), data, file, Fit.epochs(3).withSeed(1));
        var history = TrainOn.goOn(file, data, Fit.epochs(2).withSeed(1));
        assertLearns(history, "loss");
        assertThat(folder.resolve("digits.weights.h5")).isNotEmptyFile();

        var embed = Model.load(file).upTo("dense_1");
        assertThat(Embeddings.nearest(embed, data.test().images(), 0)).hasSize(5).doesNotContain(0);
        var model = Embeddings.withNewHead(embed);
        var kernel = embed.weight("dense_1/kernel");
        assertLearns(Embeddings.run(model, data, FIT), "loss");
        assertThat(embed.weight("dense_1/kernel")).isEqualTo(kernel);
    }

    @ParameterizedTest
    @EnumSource
    void ownParts(Digits digits) {
        var data = digits.load();
        var model = OwnParts.build();
        assertLearns(OwnParts.run(model, data, FIT), "loss");
        var file = folder.resolve("own.keras");
        KerasFormat.save(model, file, OwnParts.NAMES);
        assertThat(KerasFormat.load(file, OwnParts.NAMES).predict(data.test().images()))
                .isEqualTo(model.predict(data.test().images()));
    }

    @ParameterizedTest
    @EnumSource
    void ownLoop(Digits digits) {
        var losses = OwnLoop.run(OwnLoop.build(), digits.load(), 3);
        assertThat(losses.getLast()).isLessThan(losses.getFirst());
    }

    @ParameterizedTest
    @EnumSource
    void weighted(Digits digits) {
        var histories = Weighted.run(Weighted.build(), digits.load(), true);
        histories.forEach(history -> assertLearns(history, "loss"));
    }

    @Test
    void cifar() {
        var data = SmallData.colours(300);
        var model = Cifar.build(5 * 10);
        assertLearns(model.fit(Cifar.augmented(data), Fit.epochs(5).withSeed(1)), "loss");
    }
}
