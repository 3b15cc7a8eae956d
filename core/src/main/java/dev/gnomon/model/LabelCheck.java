package dev.gnomon.model;

import dev.gnomon.check.Check;
import dev.gnomon.check.Names;
import dev.gnomon.check.ShapeException;
import dev.gnomon.loss.LabelForm;
import dev.gnomon.loss.Losses;
import dev.gnomon.loss.OutputLoss;
import dev.gnomon.metric.Metrics;
import dev.gnomon.metric.OutputMetric;
import dev.gnomon.tensor.Shape;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Checks losses and metrics against a model's outputs, and labels against losses and metrics, before anything is computed.
/// All faults are told at once.
final class LabelCheck {
    private LabelCheck() {}

    /// Answers losses and metrics for outputs that are not there.
    static void outputs(List<String> outputs, Losses losses, Metrics metrics) {
        List<String> faults = new ArrayList<>();
        if (losses.list().isEmpty()) {
            faults.add(
                    "No output has a loss. Give one for each, as in Losses.perOutput().with(\""
                            + outputs.getFirst()
                            + "\", new MeanSquaredError()).");
        }
        for (OutputLoss loss : losses.list()) {
            known(loss.output(), outputs, "loss " + loss.loss().name(), faults);
        }
        for (OutputMetric metric : metrics.list()) {
            String what = "metric " + metric.metric().name();
            known(metric.output(), outputs, what, faults);
            if (metric.output() == null && outputs.size() > 1) {
                faults.add(
                        "The model has the outputs "
                                + outputs
                                + ": say which one the "
                                + what
                                + " is for, as in Metrics.perOutput().with(\""
                                + outputs.getFirst()
                                + "\", ...).");
            }
        }
        Check.config(faults.isEmpty(), "%s", Check.numbered("compile", faults));
    }

    private static void known(
            @Nullable String output, List<String> outputs, String what, List<String> faults) {
        if (output != null && !outputs.contains(output)) {
            faults.add(
                    "There is no output \""
                            + output
                            + "\" for the "
                            + what
                            + "; the model has the outputs "
                            + outputs
                            + "."
                            + Names.didYouMean(output, outputs));
        }
    }

    /// Answers labels that do not fit.
    ///
    /// @param labels the shapes of labels by the names of outputs
    static void labels(Model model, Compiled compiled, Map<String, Shape> labels) {
        List<String> faults = new ArrayList<>();
        List<String> names = model.outputNames();
        for (OutputLoss entry : compiled.losses().forOutputs(names)) {
            String output = String.valueOf(entry.output());
            fits(
                    output,
                    "loss " + entry.loss().name(),
                    entry.loss().labels(),
                    labels.get(output),
                    model.outputShapes().get(names.indexOf(output)),
                    faults);
        }
        for (OutputMetric entry : compiled.metrics().list()) {
            String output = entry.output() == null ? names.getFirst() : entry.output();
            fits(
                    output,
                    "metric " + entry.metric().name(),
                    entry.metric().labels(),
                    labels.get(output),
                    model.outputShapes().get(names.indexOf(output)),
                    faults);
        }
        if (!faults.isEmpty()) {
            throw new ShapeException(Check.numbered("The labels do not fit", faults));
        }
    }

    private static void fits(
            String output,
            String user,
            LabelForm form,
            @Nullable Shape labels,
            Shape prediction,
            List<String> faults) {
        if (labels == null) {
            faults.add(
                    "Output \""
                            + output
                            + "\": the "
                            + user
                            + " needs labels, but there are none.");
        } else if (!form.fits(labels, prediction)) {
            faults.add(
                    "Output \""
                            + output
                            + "\": labels of shape "
                            + labels
                            + " do not fit predictions of shape "
                            + prediction
                            + " for the "
                            + user
                            + ". "
                            + cure(user, form, labels, prediction));
        }
    }

    private static String cure(String user, LabelForm form, Shape labels, Shape prediction) {
        boolean classes = user.contains("crossentropy") || user.contains("accuracy");
        boolean numbers = LabelForm.CLASS_NUMBER.fits(labels, prediction);
        String rows = prediction.rank() < 2 ? "" : " " + withoutLast(prediction);
        return switch (form) {
            case CLASS_NUMBER ->
                    LabelForm.SAME_AS_PREDICTION.fits(labels, prediction)
                            ? "It needs class numbers"
                                    + rows
                                    + "; the labels look one-hot: use "
                                    + other(user, form)
                                    + "."
                            : "It needs one class number for each prediction" + rows + ".";
            case SAME_AS_PREDICTION ->
                    numbers && classes && !user.contains("binary")
                            ? "The labels look like class numbers: use "
                                    + other(user, form)
                                    + ", or one-hot labels."
                            : "It needs one value for each predicted value: labels of shape "
                                    + prediction
                                    + ", or a last layer that predicts "
                                    + labels
                                    + ".";
            case EITHER ->
                    "It needs class numbers"
                            + rows
                            + ", or one value for each predicted value "
                            + prediction
                            + ".";
        };
    }

    /// The same loss or metric for the other form of labels.
    private static String other(String user, LabelForm form) {
        String kind =
                user.startsWith("metric") ? "categorical_accuracy" : "categorical_crossentropy";
        return form == LabelForm.CLASS_NUMBER ? kind : "sparse_" + kind;
    }

    private static String withoutLast(Shape shape) {
        return Shape.of(java.util.Arrays.copyOf(shape.dims(), shape.rank() - 1)).toString();
    }
}
