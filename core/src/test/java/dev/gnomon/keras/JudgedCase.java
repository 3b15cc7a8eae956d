package dev.gnomon.keras;

import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.data.Npy;
import dev.gnomon.file.Json;
import dev.gnomon.model.Model;
import dev.gnomon.tensor.Tensor;
import dev.gnomon.train.Logs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A folder with a model and what it says and learns: `x0.npy` … are inputs, `y0.npy` … labels, `p0.npy` … predictions,
/// `q0.npy` … predictions after five steps of training, `case.json` has the losses. `keras_judge.py` has the other side.
record JudgedCase(Path folder) {
    private static final int STEPS = 5;

    JsonNode json() {
        try {
            return Json.parse(Files.readString(folder.resolve("case.json")), folder.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Dataset data(Model model) {
        SequencedMap<String, Column> inputs = new LinkedHashMap<>();
        for (String name : model.inputNames()) {
            inputs.put(name, array("x" + inputs.size()));
        }
        SequencedMap<String, Column> targets = new LinkedHashMap<>();
        for (String name : model.outputNames()) {
            targets.put(name, array("y" + targets.size()));
        }
        return Dataset.of(inputs, targets);
    }

    private Column array(String name) {
        return Npy.read(folder.resolve(name + ".npy"));
    }

    static List<Tensor> predictions(Model model, Dataset data) {
        return List.copyOf(model.predict(data, 32).values());
    }

    // ---- what another program found

    /// The differences between a model's predictions and kept ones, relative to their scale.
    void comparePredictions(
            String kept, List<Tensor> found, double tolerance, String what, List<String> faults) {
        for (int i = 0; i < found.size(); i++) {
            Tensor expected = array(kept + i).tensor();
            Tensor actual = found.get(i);
            if (!actual.shape().equals(expected.shape())) {
                fault(faults, what + ": output " + i + " is " + actual.shape());
                continue;
            }
            double scale = 1e-3;
            double worst = 0;
            for (int k = 0; k < expected.size(); k++) {
                scale = Math.max(scale, Math.abs(expected.values()[k]));
                double difference = Math.abs(expected.values()[k] - actual.values()[k]);
                worst = Math.max(worst, Double.isNaN(difference) ? 1e30 : difference);
            }
            if (worst > tolerance * scale) {
                fault(faults, what + ": output " + i + " differs by " + worst / scale);
            }
        }
    }

    /// Trains as the other program did and compares the losses, and the predictions after it.
    void compareTraining(Model model, Dataset data, List<String> faults) {
        double wobble = json().path("wobble").asDouble(0);
        double drift = json().path("drift").asDouble(0);
        double tolerance = Math.max(1e-4, 20 * wobble);
        int step = 0;
        for (JsonNode expected : json().path("losses")) {
            Logs logs = model.trainOnBatch(data);
            boolean all = isDistinct(model);
            if (all && logs.values().size() != expected.size()) {
                fault(faults, "the logs are " + logs.values().keySet() + ", not " + expected);
                return;
            }
            for (var entry : expected.properties()) {
                if (!all && !entry.getKey().equals("loss")) {
                    continue;
                }
                double value = entry.getValue().doubleValue();
                double limit = tolerance * Math.max(1e-3, Math.abs(value));
                Double found = logs.values().get(entry.getKey());
                if (found == null
                        || (!isShare(entry.getKey()) && !(Math.abs(found - value) <= limit))) {
                    fault(
                            faults,
                            "step "
                                    + step
                                    + ": "
                                    + entry.getKey()
                                    + " is "
                                    + found
                                    + ", not "
                                    + value
                                    + " (wobble "
                                    + wobble
                                    + ")");
                }
            }
            step++;
        }
        comparePredictions(
                "q",
                predictions(model, data),
                Math.max(1e-4, 20 * drift),
                "after training",
                faults);
    }

    /// Keras logs only one of several outputs of the same name.
    private static boolean isDistinct(Model model) {
        return model.outputs().stream().map(model::nameOf).distinct().count()
                == model.outputs().size();
    }

    /// Shares of right answers jump where two scores are equal.
    private static boolean isShare(String name) {
        return name.endsWith("accuracy") || name.endsWith("acc") || name.endsWith("right");
    }

    private void fault(List<String> faults, String sentence) {
        faults.add(folder.getFileName() + ": " + sentence);
    }

    // ---- what is found here

    /// Writes the model as `ours.keras` with what it says and learns here, for the judge.
    static JudgedCase write(Path folder, Model model, Dataset data) {
        try {
            Files.createDirectories(folder);
            model.save(folder.resolve("ours.keras"));
            model.saveWeights(folder.resolve("ours.weights.h5"));
            int inputs = writeAll(folder, "x", List.copyOf(data.inputs().values()));
            int outputs = writeAll(folder, "y", List.copyOf(data.targets().values()));
            writeAll(folder, "p", columns(predictions(model, data)));
            ArrayNode losses = Json.array();
            for (int i = 0; i < STEPS; i++) {
                ObjectNode logs = losses.addObject();
                model.trainOnBatch(data).values().forEach(logs::put);
            }
            writeAll(folder, "q", columns(predictions(model, data)));
            ObjectNode json =
                    Json.object()
                            .put("inputs", inputs)
                            .put("outputs", outputs)
                            .put("distinct", isDistinct(model));
            json.set("losses", losses);
            model.inputNames().forEach(json.putArray("input_names")::add);
            Files.writeString(folder.resolve("case.json"), Json.write(json));
            return new JudgedCase(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Column> columns(List<Tensor> tensors) {
        return tensors.stream().map(Column::of).toList();
    }

    private static int writeAll(Path folder, String name, List<Column> columns) {
        for (int i = 0; i < columns.size(); i++) {
            Npy.write(folder.resolve(name + i + ".npy"), columns.get(i));
        }
        return columns.size();
    }

    /// The folders in a folder that have a file.
    static List<JudgedCase> all(Path root, String file) {
        try (var list = Files.list(root)) {
            return new ArrayList<>(
                    list.filter(each -> Files.exists(each.resolve(file)))
                            .sorted()
                            .map(JudgedCase::new)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
