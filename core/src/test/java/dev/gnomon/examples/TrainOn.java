package dev.gnomon.examples;

import dev.gnomon.data.Mnist;
import dev.gnomon.data.TrainTest;
import dev.gnomon.model.Model;
import dev.gnomon.train.Fit;
import dev.gnomon.train.History;
import java.nio.file.Path;

/// Saves a model, loads it, and trains on where it stopped.
final class TrainOn {
    static void begin(Model model, TrainTest mnist, Path file, Fit fit) {
        model.fit(mnist.train(), fit);
        model.save(file);
    }

    static History goOn(Path file, TrainTest mnist, Fit fit) {
        var model = Model.load(file);
        var history = model.fit(mnist.train(), fit);
        model.saveWeights(Path.of(file.toString().replace(".keras", ".weights.h5")));
        return history;
    }

    public static void main(String[] args) {
        var mnist = Mnist.load();
        var file = Path.of("digits.keras");
        begin(MnistMlp.build(), mnist, file, Fit.epochs(2));
        System.out.println(goOn(file, mnist, Fit.epochs(2)).series());
    }
}
