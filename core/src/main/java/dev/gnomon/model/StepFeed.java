package dev.gnomon.model;

import dev.gnomon.check.DataException;
import dev.gnomon.data.Batch;
import dev.gnomon.data.Dataset;
import dev.gnomon.plan.Plan;
import dev.gnomon.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The way of an own loop's batches into a plan. Names are the model's; a single input may be called `x`, a single output
/// `y`.
final class StepFeed {
    private final Model model;
    private final List<String> inputs;
    private final List<String> outputs;
    private final List<String> labelInputs;
    private final List<String> weightInputs;
    private final List<Shape> shapes;
    private Targets targets = Targets.NONE;

    StepFeed(Model model) {
        this.model = model;
        this.inputs = model.inputNames();
        this.outputs = model.outputNames();
        this.shapes = model.inputShapes();
        this.labelInputs = outputs.stream().map(name -> Targets.LABELS + name).toList();
        this.weightInputs = outputs.stream().map(name -> Targets.WEIGHTS + name).toList();
    }

    private MemorySegment input(Batch batch, int index) {
        String name = inputs.get(index);
        return batch.input(inputs.size() == 1 && !batch.hasInput(name) ? Dataset.X : name);
    }

    private String name(Batch batch, int index) {
        String name = outputs.get(index);
        return outputs.size() == 1 && !batch.hasTarget(name) ? Dataset.Y : name;
    }

    private MemorySegment target(Batch batch, int index) {
        return batch.target(name(batch, index));
    }

    private @Nullable MemorySegment weight(Batch batch, int index) {
        return batch.sampleWeight(name(batch, index));
    }

    /// What a batch brings, labels told by their sizes; the same object while it stays the same.
    Targets targets(Batch batch) {
        for (int i = 0; i < outputs.size(); i++) {
            Shape known = targets.labels().get(outputs.get(i));
            boolean weighted = targets.weighted().contains(outputs.get(i));
            if (known == null
                    || known.elements() != elements(target(batch, i), batch)
                    || weighted != (weight(batch, i) != null)) {
                targets = newTargets(batch);
                return targets;
            }
        }
        return targets;
    }

    private Targets newTargets(Batch batch) {
        Map<String, Shape> shapes = new HashMap<>();
        Set<String> weighted = new HashSet<>();
        for (int i = 0; i < outputs.size(); i++) {
            long elements = elements(target(batch, i), batch);
            Shape prediction = model.outputShapes().get(i);
            Shape shape =
                    elements == prediction.elements()
                            ? prediction
                            : elements == 1
                                    ? Shape.batched()
                                    : Shape.batched(Math.toIntExact(elements));
            shapes.put(outputs.get(i), shape);
            if (weight(batch, i) != null) {
                weighted.add(outputs.get(i));
            }
        }
        return new Targets(shapes, weighted);
    }

    private static long elements(MemorySegment values, Batch batch) {
        return values.byteSize() / Float.BYTES / batch.size();
    }

    /// Writes a batch into a plan's inputs.
    void fill(Plan.Workspace workspace, Batch batch) {
        for (int i = 0; i < inputs.size(); i++) {
            MemorySegment values = input(batch, i);
            Shape shape = shapes.get(i);
            if (elements(values, batch) != shape.elements()) {
                throw new DataException(
                        "Input \""
                                + inputs.get(i)
                                + "\": the batch has "
                                + elements(values, batch)
                                + " values for each sample, but the model needs "
                                + shape.sample()
                                + ". Resize the data, or change the model's input.");
            }
            Feed.copy(values, workspace, inputs.get(i));
        }
        for (int i = 0; i < outputs.size(); i++) {
            Feed.copy(target(batch, i), workspace, labelInputs.get(i));
            MemorySegment weight = weight(batch, i);
            if (weight != null) {
                Feed.copy(weight, workspace, weightInputs.get(i));
            }
        }
    }
}
