package dev.gnomon.keras;

import dev.gnomon.file.H5Array;
import dev.gnomon.file.H5Builder;
import dev.gnomon.file.H5Group;
import dev.gnomon.file.H5Text;
import dev.gnomon.file.WeightsLayout;
import dev.gnomon.model.Compiled;
import dev.gnomon.model.Model;
import dev.gnomon.optimizer.LearningRate;
import dev.gnomon.optimizer.Optimizer;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import dev.gnomon.train.TrainingState;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The weights and the optimizer's state of a model as Keras's tree.
///
/// @param file the name of the file, for messages
record WeightsFile(Model model, KerasNames names, String file) {
    private static final System.Logger LOG = System.getLogger(WeightsFile.class.getName());
    private static final Pattern VARIABLE =
            Pattern.compile(".*/" + WeightsLayout.VARIABLES + "/\\d+");
    private static final String OPTIMIZER_VARIABLES =
            WeightsLayout.OPTIMIZER + "/" + WeightsLayout.VARIABLES;

    // ---- writing

    /// Writes the values as they are now.
    ///
    /// @param memory where they are copied to: as long as it is there, the tree is
    void write(H5Builder tree, Arena memory) {
        var places = new WeightsTree(model, names);
        places.groups(tree);
        Map<String, H5Array> values = new HashMap<>();
        model.views().forEach((path, view) -> values.put(path, H5Array.copyOf(view, memory)));
        places.places().forEach((path, place) -> tree.put(place, value(values, path)));
        Compiled compiled = model.compiled();
        if (compiled != null) {
            optimizer(tree, compiled.optimizer(), places, values);
        }
    }

    private static H5Array value(Map<String, H5Array> values, String path) {
        return Objects.requireNonNull(values.get(path), path);
    }

    private void optimizer(
            H5Builder tree, Optimizer optimizer, WeightsTree places, Map<String, H5Array> values) {
        List<H5Array> variables = new ArrayList<>();
        variables.add(H5Array.of(new long[] {model.stateWithoutTensors().iteration()}));
        if (optimizer.learningRate() instanceof LearningRate.Fixed) {
            variables.add(value(values, TrainingState.LEARNING_RATE));
        }
        for (SlotPlace slot : slots(optimizer, places)) {
            variables.add(value(values, slot.path()));
        }
        tree.attribute(
                OPTIMIZER_VARIABLES,
                WeightsLayout.NAME,
                H5Text.of(WeightsLayout.snakeCase(names.find(optimizer).name())));
        for (int i = 0; i < variables.size(); i++) {
            tree.put(OPTIMIZER_VARIABLES + "/" + i, variables.get(i));
        }
    }

    /// A slot of a weight: its path and its shape, which is the weight's.
    private record SlotPlace(String path, Shape shape) {}

    /// The slots in the order of the file: groups one after the other, within a group weight by weight.
    private List<SlotPlace> slots(Optimizer optimizer, WeightsTree places) {
        Set<String> trained = new HashSet<>(model.trainablePaths());
        Map<String, Shape> shapes = shapes();
        List<SlotPlace> slots = new ArrayList<>();
        for (var group : optimizer.slotGroups()) {
            for (String path : places.places().keySet()) {
                if (trained.contains(path)) {
                    for (var slot : group) {
                        slots.add(
                                new SlotPlace(
                                        TrainingState.slotPath(path, slot.name()),
                                        shape(shapes, path)));
                    }
                }
            }
        }
        return slots;
    }

    private Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new HashMap<>();
        model.views().forEach((path, view) -> shapes.put(path, view.shape()));
        return shapes;
    }

    private static Shape shape(Map<String, Shape> shapes, String path) {
        return Objects.requireNonNull(shapes.get(path), path);
    }

    // ---- reading

    /// Puts a tree's values into the model. Nothing is changed where weights lack or have other shapes.
    void read(H5Group root) {
        var faults = new Faults();
        var places = new WeightsTree(model, names);
        Map<String, Tensor> values = new LinkedHashMap<>();
        Map<String, Shape> shapes = shapes();
        places.places()
                .forEach((path, place) -> {
                    H5Array array = array(root, place);
                    Shape shape = shape(shapes, path);
                    if (array == null) {
                        faults.add(
                                "there are no values for the weight \""
                                        + path
                                        + "\" "
                                        + shape
                                        + " at "
                                        + place
                                        + ".");
                    } else if (!array.shape().equals(shape)) {
                        faults.add(
                                "the weight \""
                                        + path
                                        + "\" has the shape "
                                        + shape
                                        + ", but the file has "
                                        + array.shape()
                                        + " at "
                                        + place
                                        + ".");
                    } else {
                        values.put(path, array.tensor());
                    }
                });
        strangers(root, new HashSet<>(places.places().values()), faults);
        faults.throwFor(file);
        Compiled compiled = model.compiled();
        if (compiled == null) {
            values.forEach(model::setWeight);
        } else {
            restore(root.group(OPTIMIZER_VARIABLES), compiled.optimizer(), places, values);
        }
    }

    /// Files of Keras 2.13 to 2.15 call the group of layers otherwise.
    private static @Nullable H5Array array(H5Group root, String place) {
        H5Array array = root.array(place);
        return array == null
                ? root.array(
                        place.replace(WeightsLayout.LAYERS + "/", WeightsLayout.OLD_LAYERS + "/"))
                : array;
    }

    private static void strangers(H5Group root, Set<String> places, Faults faults) {
        for (String path : root.allDatasets().keySet()) {
            String place = path.replace(WeightsLayout.OLD_LAYERS + "/", WeightsLayout.LAYERS + "/");
            boolean weight =
                    place.startsWith(WeightsLayout.LAYERS + "/")
                            && VARIABLE.matcher(place).matches();
            if (weight && !place.contains("seed_generator") && !places.contains(place)) {
                faults.add("the model has no weight for the values at " + path + ".");
            }
        }
    }

    private void restore(
            @Nullable H5Group variables,
            Optimizer optimizer,
            WeightsTree places,
            Map<String, Tensor> values) {
        TrainingState now = model.stateWithoutTensors();
        Map<String, Tensor> tensors = new LinkedHashMap<>(values);
        long iteration = now.iteration();
        int count = variables == null ? 0 : variables.datasets().size();
        List<SlotPlace> slots = slots(optimizer, places);
        boolean fixed = optimizer.learningRate() instanceof LearningRate.Fixed;
        int first = fixed ? 2 : 1;
        if (variables != null
                && (count == first || count == first + slots.size())
                && fits(variables, slots, first, count)) {
            H5Array steps = variables.array("0");
            iteration = steps == null ? iteration : (long) steps.doubles()[0];
            H5Array rate = variables.array("1");
            if (fixed && rate != null) {
                tensors.put(TrainingState.LEARNING_RATE, Tensor.scalar(rate.floats()[0]));
            }
            for (int i = 0; i < count - first; i++) {
                H5Array value = variables.array(String.valueOf(i + first));
                if (value != null) {
                    tensors.put(slots.get(i).path(), value.tensor());
                }
            }
        } else if (count > 0) {
            LOG.log(
                    Level.WARNING,
                    file
                            + ": the optimizer's state is left out: it has "
                            + count
                            + " variables, but the optimizer of this model needs "
                            + (first + slots.size())
                            + " of its own shapes.");
        }
        model.putState(new TrainingState(tensors, iteration, now.seed(), now.epoch(), now.batch()));
    }

    private static boolean fits(H5Group variables, List<SlotPlace> slots, int first, int count) {
        for (int i = 0; i < count; i++) {
            H5Array array = variables.array(String.valueOf(i));
            if (array == null
                    || (i < first
                            ? array.size() != 1
                            : !array.shape().equals(slots.get(i - first).shape()))) {
                return false;
            }
        }
        return true;
    }
}
