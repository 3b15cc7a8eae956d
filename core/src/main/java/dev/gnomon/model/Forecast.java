package dev.gnomon.model;

import dev.gnomon.data.Batches;
import dev.gnomon.data.Dataset;
import dev.gnomon.plan.Plan;
import dev.gnomon.plan.PlanBytes;
import dev.gnomon.tensor.Shape;
import dev.gnomon.train.Fit;
import dev.gnomon.train.Validation;
import java.util.Collection;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/// Adds up what a fit will allocate, from the very plans that it will run.
final class Forecast {
    private Forecast() {}

    /// For data and settings.
    static FitBytes of(Model model, Compiled compiled, Plans plans, Dataset all, Fit settings) {
        Split split = Split.of(all, settings);
        Feed feed =
                Feed.labelled(
                        model,
                        compiled,
                        ClassWeights.apply(split.training(), settings.classWeight()));
        int batch = settings.batchSize();
        IntFunction<Plan> steps = size -> plans.training(size, feed.targets()).plan();
        long batches = Batches.bytes(feed.data(), batch);
        long validation = 0;
        Dataset judged = split.validation();
        if (judged != null) {
            Feed judging = Feed.labelled(model, compiled, judged);
            IntFunction<Plan> evaluations =
                    size -> plans.evaluation(size, judging.targets()).plan();
            Validation when = settings.validation();
            int size = when.batchSizeBeside(batch);
            int seen =
                    when.steps() > 0
                            ? (int) Math.min(judged.size(), (long) when.steps() * size)
                            : judged.size();
            validation = full(evaluations, seen, size).own();
            validation += tail(evaluations, seen, size);
            batches = Math.max(batches, Batches.bytes(judging.data(), size));
        }
        int samples = feed.data().size();
        return FitBytes.of(
                model.parameters().bytes(),
                full(steps, samples, batch),
                tail(steps, samples, batch),
                validation,
                batches);
    }

    /// For so many samples with labels of the given shapes.
    static FitBytes of(
            Model model,
            Collection<Shape> labels,
            IntFunction<Plan> steps,
            int samples,
            int batch) {
        long elements =
                Stream.concat(model.inputShapes().stream(), labels.stream())
                        .mapToLong(Shape::elements)
                        .sum();
        return FitBytes.of(
                model.parameters().bytes(),
                full(steps, samples, batch),
                tail(steps, samples, batch),
                0,
                Batches.bytes(elements, samples, batch));
    }

    private static PlanBytes full(IntFunction<Plan> plans, int samples, int batch) {
        return plans.apply(Math.clamp(samples, 1, batch)).bytes();
    }

    private static long tail(IntFunction<Plan> plans, int samples, int batch) {
        int rest = samples > batch ? samples % batch : 0;
        return rest == 0 ? 0 : plans.apply(rest).bytes().own();
    }
}
