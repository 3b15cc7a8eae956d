package dev.gnomon.model;

import dev.gnomon.check.DataException;
import dev.gnomon.data.Batch;
import dev.gnomon.data.Dataset;
import dev.gnomon.plan.Plan;
import dev.gnomon.tensor.Shape;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The way of an own loop's batches into a plan. Names are the model's; a single input may be called `x`, a single output
/// `y`.
final class StepFeed {
    private final Model model;
    private final List<String> inputs;
    private final List<String> outputs;
    private final List<String> targetInputs;
    private final List<Shape> shapes;
    private Map<String, Shape> labels = Map.of();

    StepFeed(Model model) {
        this.model = model;
        this.inputs = model.inputNames();
        this.outputs = model.outputNames();
        this.shapes = model.inputShapes();
        this.targetInputs = outputs.stream().map(name -> TrainingGraph.TARGET + name).toList();
    }

    private MemorySegment input(Batch batch, int index) {
        String name = inputs.get(index);
        return batch.input(inputs.size() == 1 && !batch.hasInput(name) ? Dataset.X : name);
    }

    private MemorySegment target(Batch batch, int index) {
        String name = outputs.get(index);
        return batch.target(outputs.size() == 1 && !batch.hasTarget(name) ? Dataset.Y : name);
    }

    /// The shapes of a batch's labels, told by their sizes; the same object while they stay the same.
    Map<String, Shape> labels(Batch batch) {
        for (int i = 0; i < outputs.size(); i++) {
            Shape known = labels.get(outputs.get(i));
            if (known == null || known.elements() != elements(target(batch, i), batch)) {
                labels = newLabels(batch);
                return labels;
            }
        }
        return labels;
    }

    private Map<String, Shape> newLabels(Batch batch) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
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
        }
        return shapes;
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
            Feed.copy(target(batch, i), workspace, targetInputs.get(i));
        }
        MemorySegment weight = batch.sampleWeight();
        if (weight != null) {
            Feed.copy(weight, workspace, TrainingGraph.SAMPLE_WEIGHT);
        }
    }
}
