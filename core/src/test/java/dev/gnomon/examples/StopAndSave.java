package dev.gnomon.examples;

import dev.gnomon.data.Mnist;
import dev.gnomon.data.TrainTest;
import dev.gnomon.model.Model;
import dev.gnomon.train.CSVLogger;
import dev.gnomon.train.EarlyStopping;
import dev.gnomon.train.Fit;
import dev.gnomon.train.History;
import dev.gnomon.train.ModelCheckpoint;
import dev.gnomon.train.ReduceLROnPlateau;
import java.nio.file.Path;

/// Stops when validation no longer gets better, keeps the best model, writes a log.
final class StopAndSave {
    static History run(Model model, TrainTest mnist, Path folder, Fit fit) {
        return model.fit(
                mnist.train(),
                fit.withValidationSplit(0.2)
                        .withCallbacks(
                                new ReduceLROnPlateau()
                                        .withFactor(0.5)
                                        .withPatience(2)
                                        .withMinLr(1e-5),
                                new EarlyStopping().withPatience(4).withRestoreBestWeights(true),
                                new ModelCheckpoint(folder + "/best.keras").withSaveBestOnly(true),
                                new CSVLogger(folder.resolve("log.csv"))));
    }

    public static void main(String[] args) {
        var fit = Fit.epochs(100).withBatchSize(128);
        run(MnistMlp.build(), Mnist.load(), Path.of("."), fit);
    }
}
