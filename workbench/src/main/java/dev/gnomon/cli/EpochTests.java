package dev.gnomon.cli;

import dev.gnomon.train.Callback;
import dev.gnomon.train.Logs;
import dev.gnomon.train.Training;

/// Tests after each epoch, and logs the figures as `test_accuracy` and so on.
record EpochTests(TestPart test, EpochReport report) implements Callback {
    private static final String PREFIX = "test_";

    @Override
    public void onEpochEnd(Training training, int epoch, Logs logs) {
        long start = System.nanoTime();
        var figures = test.measured();
        if (figures != null) {
            figures.properties()
                    .forEach(figure ->
                            training.log(
                                    PREFIX + figure.getKey(),
                                    figure.getValue().asDouble(Double.NaN)));
        }
        report.tested(System.nanoTime() - start);
    }
}
