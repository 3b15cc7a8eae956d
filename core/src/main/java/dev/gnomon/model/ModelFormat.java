package dev.gnomon.model;

import dev.gnomon.check.FormatException;
import dev.gnomon.train.TrainingState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;

/// A kind of model file. Kinds are found through [ServiceLoader].
public interface ModelFormat {
    /// How the names of whole models end, such as `.keras`.
    List<String> extensions();

    /// How the names of files of weights end, such as `.weights.h5`.
    List<String> weightExtensions();

    /// Writes a model as a whole or not at all.
    ///
    /// @param state the place of its training that is written with it, without tensors: [Model#views] has those to be written
    void save(Model model, TrainingState state, Path path);

    /// Reads weights, the optimizer's state and the state of the run from a backup into a model of the same layers.
    void restore(Model model, Path path);

    Model load(Path path);

    /// Writes the weights as a whole or not at all.
    void saveWeights(Model model, Path path);

    /// Reads weights into a model of the same layers.
    void loadWeights(Model model, Path path);

    /// The kind of a model file, told by its name.
    static ModelFormat of(Path path) {
        return find(path, "models", ModelFormat::extensions);
    }

    /// The kind of a file of weights, told by its name.
    static ModelFormat ofWeights(Path path) {
        return find(path, "weights", ModelFormat::weightExtensions);
    }

    private static ModelFormat find(
            Path path, String what, Function<ModelFormat, List<String>> endings) {
        List<String> known = new ArrayList<>();
        for (ModelFormat format :
                ServiceLoader.load(ModelFormat.class, ModelFormat.class.getClassLoader())) {
            for (String ending : endings.apply(format)) {
                if (path.toString().endsWith(ending)) {
                    return format;
                }
                known.add(ending);
            }
        }
        throw new FormatException(
                path
                        + ": files of "
                        + what
                        + " end in "
                        + String.join(" or ", known)
                        + "; rename it.");
    }
}
