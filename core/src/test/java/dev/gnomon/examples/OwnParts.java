package dev.gnomon.examples;

import static dev.gnomon.activation.Activation.RELU;

import dev.gnomon.data.Mnist;
import dev.gnomon.data.TrainTest;
import dev.gnomon.keras.KerasFormat;
import dev.gnomon.keras.KerasNames;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.loss.Loss;
import dev.gnomon.metric.Metric;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import dev.gnomon.optimizer.SGD;
import dev.gnomon.train.Fit;
import dev.gnomon.train.History;
import java.nio.file.Path;

/// A layer ([Scale]), a loss and a metric of one's own, saved and loaded.
final class OwnParts {
    static final Loss SMOOTH =
            Loss.of(
                    "smooth",
                    (truth, prediction) ->
                            prediction.sub(truth).square().add(0.01).sqrt().mean(-1));

    static final Metric CLOSE =
            Metric.of(
                    "close", (truth, prediction) -> prediction.sub(truth).abs().less(0.5).mean(-1));

    static final KerasNames NAMES =
            KerasNames.known().with("examples>Scale", Scale.class).with(SMOOTH).with(CLOSE);

    static Model build() {
        var model =
                Sequential.of(
                        Input.of(28, 28),
                        new Rescaling(1 / 255.0),
                        new Flatten(),
                        new Dense(32).withActivation(RELU),
                        new Scale(0.5f),
                        new Dense(1));
        model.compile(new SGD(0.01), SMOOTH, CLOSE);
        return model;
    }

    static History run(Model model, TrainTest mnist, Fit fit) {
        return model.fit(mnist.train(), fit);
    }

    public static void main(String[] args) {
        var model = build();
        System.out.println(run(model, Mnist.load(), Fit.epochs(5)).series());
        KerasFormat.save(model, Path.of("own.keras"), NAMES);
        System.out.println(KerasFormat.load(Path.of("own.keras"), NAMES).layers());
    }
}
