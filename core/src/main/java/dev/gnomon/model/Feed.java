package dev.gnomon.model;

import dev.gnomon.check.Check;
import dev.gnomon.check.DataException;
import dev.gnomon.data.Batch;
import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.plan.Plan;
import dev.gnomon.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A data set by the names and in the shapes of a model's inputs and outputs, and its way into a plan.
final class Feed {
    private final Dataset data;
    private final Targets targets;
    private final String[] inputs;
    private final String[] outputs;
    private final String[] labelInputs;
    private final String[] weightInputs;

    private Feed(Dataset data) {
        this.data = data;
        this.inputs = data.inputs().keySet().toArray(String[]::new);
        this.outputs = data.targets().keySet().toArray(String[]::new);
        this.labelInputs = new String[outputs.length];
        this.weightInputs = new String[outputs.length];
        Map<String, Shape> shapes = new HashMap<>();
        Set<String> weighted = new HashSet<>();
        for (int i = 0; i < outputs.length; i++) {
            String output = outputs[i];
            labelInputs[i] = Targets.LABELS + output;
            weightInputs[i] = Targets.WEIGHTS + output;
            shapes.put(output, Shape.batched(data.target(output).sampleShape().dims()));
            if (data.sampleWeight() != null || data.sampleWeights().containsKey(output)) {
                weighted.add(output);
            }
        }
        this.targets = new Targets(shapes, weighted);
    }

    /// Samples with labels; a single input and a single output need no name.
    static Feed labelled(Model model, Compiled compiled, Dataset data) {
        List<String> faults = new ArrayList<>();
        var inputs = inputs(model, data, faults);
        var targets = targets(model, compiled, data, faults);
        answer(faults);
        ClassNumbers.check(model, compiled, targets);
        return new Feed(weighted(Dataset.of(inputs, targets), model, data));
    }

    /// The data under the model's names with the weights of those under their own.
    private static Dataset weighted(Dataset named, Model model, Dataset data) {
        Column common = data.sampleWeight();
        Dataset weighted = common == null ? named : named.withSampleWeight(common);
        for (String output : named.targets().keySet()) {
            Column own = find(data.sampleWeights(), output, model.outputNames().size());
            weighted = own == null ? weighted : weighted.withSampleWeight(output, own);
        }
        return weighted;
    }

    /// Samples to predict for.
    static Feed unlabelled(Model model, Dataset data) {
        List<String> faults = new ArrayList<>();
        var inputs = inputs(model, data, faults);
        answer(faults);
        return new Feed(Dataset.of(inputs, new LinkedHashMap<>()));
    }

    private static void answer(List<String> faults) {
        if (!faults.isEmpty()) {
            throw new DataException(Check.numbered("The data do not fit the model", faults));
        }
    }

    private static SequencedMap<String, Column> inputs(
            Model model, Dataset data, List<String> faults) {
        List<String> names = model.inputNames();
        var found = new LinkedHashMap<String, Column>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            Column column = find(data.inputs(), name, names.size());
            if (column == null) {
                faults.add(
                        "The model's input \""
                                + name
                                + "\" is not in the data; the data have the inputs "
                                + data.inputs().keySet()
                                + ". Name the data's columns after the model's inputs "
                                + names
                                + ".");
            } else {
                found.put(name, fit(name, column, model.inputShapes().get(i).sample(), faults));
            }
        }
        return found;
    }

    private static @Nullable Column find(
            SequencedMap<String, Column> columns, String name, int names) {
        Column column = columns.get(name);
        return column == null && names == 1 && columns.size() == 1
                ? columns.firstEntry().getValue()
                : column;
    }

    /// Images without an axis of channels fit an input with one channel; everything else must fit exactly.
    private static Column fit(String name, Column column, Shape wanted, List<String> faults) {
        Shape sample = column.sampleShape();
        if (sample.append(1).equals(wanted)) {
            return column.withSampleShape(wanted.dims());
        }
        if (!sample.equals(wanted)) {
            faults.add(
                    "Input \""
                            + name
                            + "\": the data have samples of shape "
                            + sample
                            + ", but the model needs "
                            + wanted
                            + ". "
                            + (sample.elements() == wanted.elements()
                                    ? "Bring the data to it: column.withSampleShape"
                                            + wanted.toString().replace('[', '(').replace(']', ')')
                                            + "."
                                    : "Resize the data, or change the model's input."));
        }
        return column;
    }

    private static SequencedMap<String, Column> targets(
            Model model, Compiled compiled, Dataset data, List<String> faults) {
        List<String> names = model.outputNames();
        var found = new LinkedHashMap<String, Column>();
        for (String name : names) {
            Column column = find(data.targets(), name, names.size());
            if (column != null) {
                found.put(name, column);
            } else if (isJudged(name, compiled)) {
                faults.add(
                        "The model's output \""
                                + name
                                + "\" has no labels in the data; "
                                + (data.targets().isEmpty()
                                        ? "the data have none: Dataset.of(x, y)."
                                        : "the data have labels for "
                                                + data.targets().keySet()
                                                + ". Name them after the model's outputs "
                                                + names
                                                + "."));
            }
        }
        return found;
    }

    private static boolean isJudged(String output, Compiled compiled) {
        return compiled.losses().list().stream()
                        .anyMatch(loss -> loss.output() == null || loss.output().equals(output))
                || compiled.metrics().list().stream()
                        .anyMatch(metric -> output.equals(metric.output()));
    }

    Dataset data() {
        return data;
    }

    Targets targets() {
        return targets;
    }

    /// Writes a batch of this data into a plan's inputs.
    void fill(Plan.Workspace workspace, Batch batch) {
        for (String name : inputs) {
            copy(batch.input(name), workspace, name);
        }
        for (int i = 0; i < outputs.length; i++) {
            copy(batch.target(outputs[i]), workspace, labelInputs[i]);
            MemorySegment weight = batch.sampleWeight(outputs[i]);
            if (weight != null) {
                copy(weight, workspace, weightInputs[i]);
            }
        }
    }

    /// Writes values into an input of a plan, if the plan has it.
    static void copy(MemorySegment from, Plan.Workspace workspace, String name) {
        if (workspace.hasInput(name)) {
            workspace.input(name).copyFrom(from);
        }
    }
}
