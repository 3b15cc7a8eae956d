package dev.gnomon.metric;

import dev.gnomon.check.Names;
import dev.gnomon.loss.BinaryCrossentropy;
import dev.gnomon.loss.CategoricalCrossentropy;
import dev.gnomon.loss.Huber;
import dev.gnomon.loss.MeanAbsoluteError;
import dev.gnomon.loss.MeanSquaredError;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which metrics each output of a model has.
///
/// @param list the metrics with the names of their outputs
public record Metrics(List<OutputMetric> list) {
    private static final Map<String, Function<String, Metric>> KNOWN =
            Map.ofEntries(
                    Map.entry("accuracy", AutoAccuracy::new),
                    Map.entry("acc", AutoAccuracy::new),
                    Map.entry("binary_accuracy", name -> new BinaryAccuracy(name, 0.5)),
                    Map.entry("categorical_accuracy", CategoricalAccuracy::new),
                    Map.entry("sparse_categorical_accuracy", SparseCategoricalAccuracy::new),
                    Map.entry(
                            "top_k_categorical_accuracy",
                            name -> new TopKCategoricalAccuracy(name, 5)),
                    Map.entry(
                            "sparse_top_k_categorical_accuracy",
                            name -> new SparseTopKCategoricalAccuracy(name, 5)),
                    Map.entry("root_mean_squared_error", RootMeanSquaredError::new),
                    Map.entry("mean_squared_error", Metrics::squared),
                    Map.entry("mse", Metrics::squared),
                    Map.entry("mean_absolute_error", Metrics::absolute),
                    Map.entry("mae", Metrics::absolute),
                    Map.entry("huber", name -> new LossMetric(name, new Huber())),
                    Map.entry("binary_crossentropy", Metrics::binary),
                    Map.entry("bce", Metrics::binary),
                    Map.entry(
                            "categorical_crossentropy",
                            name -> new LossMetric(name, new CategoricalCrossentropy())),
                    Map.entry(
                            "sparse_categorical_crossentropy",
                            name -> new LossMetric(name, new SparseCategoricalCrossentropy())));

    public Metrics {
        list =
                Stream.concat(
                                list.stream().filter(metric -> !metric.weighted()),
                                list.stream().filter(OutputMetric::weighted))
                        .toList();
    }

    /// The metric of a name such as `accuracy` or `mae`, which is also its name in logs.
    public static Metric byName(String name) {
        return Names.find(KNOWN, "metric", name).apply(name);
    }

    /// Keras's "accuracy": what it means is told by the labels and predictions.
    public static Metric accuracy() {
        return new AutoAccuracy("accuracy");
    }

    /// Keras's "mse".
    public static Metric meanSquaredError() {
        return squared("mean_squared_error");
    }

    /// Keras's "mae".
    public static Metric meanAbsoluteError() {
        return absolute("mean_absolute_error");
    }

    /// Metrics for every output.
    public static Metrics of(Metric... metrics) {
        return new Metrics(
                Arrays.stream(metrics).map(metric -> new OutputMetric(null, metric)).toList());
    }

    /// No metric yet; continue with [#with].
    public static Metrics perOutput() {
        return new Metrics(List.of());
    }

    /// Adds metrics of an output.
    public Metrics with(String output, Metric... metrics) {
        List<OutputMetric> longer = new ArrayList<>(list);
        Stream.of(metrics).forEach(metric -> longer.add(new OutputMetric(output, metric)));
        return new Metrics(longer);
    }

    /// Adds metrics of every output in which samples count by their weights; Keras's `weighted_metrics`.
    public Metrics withWeighted(Metric... metrics) {
        return withWeighted(null, metrics);
    }

    /// Adds metrics of an output in which samples count by their weights; they come behind the others.
    public Metrics withWeighted(@Nullable String output, Metric... metrics) {
        List<OutputMetric> longer = new ArrayList<>(list);
        Stream.of(metrics).forEach(metric -> longer.add(new OutputMetric(output, metric, true)));
        return new Metrics(longer);
    }

    private static Metric squared(String name) {
        return new LossMetric(name, new MeanSquaredError());
    }

    private static Metric absolute(String name) {
        return new LossMetric(name, new MeanAbsoluteError());
    }

    private static Metric binary(String name) {
        return new LossMetric(name, new BinaryCrossentropy());
    }
}
