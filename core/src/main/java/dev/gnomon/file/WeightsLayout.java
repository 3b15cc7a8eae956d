package dev.gnomon.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// How Keras names the groups of `model.weights.h5`: by the class of a layer, not by its name.
///
/// The layers of a model lie in `layers/<snake_class>`, and the k-th further one of the same class in
/// `layers/<snake_class>_k`; the variables of a layer lie in its group as `vars/0`, `vars/1` and so on. A model within
/// a model is a group with `layers` of its own: `layers/sequential/layers/conv2d/vars/0`.
public final class WeightsLayout {
    /// The group of a model's layers.
    public static final String LAYERS = "layers";

    /// The group of a layer's, a model's or an optimizer's variables.
    public static final String VARIABLES = "vars";

    /// The group of the optimizer.
    public static final String OPTIMIZER = "optimizer";

    /// The attribute of `vars` that holds the name of the layer.
    public static final String NAME = "name";

    /// The group of a model's layers in files of Keras 2.13 to 2.15.
    public static final String OLD_LAYERS = "_layer_checkpoint_dependencies";

    private static final Pattern NO_WORD = Pattern.compile("\\W+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern WORD_BEGIN = Pattern.compile("(.)([A-Z][a-z]+)");
    private static final Pattern LOWER_UPPER = Pattern.compile("([a-z])([A-Z])");

    /// A layer for the layout: its class, and its own layers where it is a model.
    ///
    /// @param className the class as Keras names it, such as `Conv2D`
    /// @param layers the layers within it, empty for a plain layer
    public record Part(String className, List<Part> layers) {
        public Part {
            layers = List.copyOf(layers);
        }

        public Part(String className) {
            this(className, List.of());
        }
    }

    private WeightsLayout() {}

    /// Keras's rule: `MaxPooling2D` is `max_pooling2d`, `ReLU` is `re_lu`, `RMSprop` is `rm_sprop`.
    public static String snakeCase(String className) {
        String name = NO_WORD.matcher(className).replaceAll("");
        name = WORD_BEGIN.matcher(name).replaceAll("$1_$2");
        return LOWER_UPPER.matcher(name).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
    }

    /// The group names of siblings with these classes, in order: `conv2d`, `conv2d_1`, `dense`.
    public static List<String> names(List<String> classNames) {
        Map<String, Integer> used = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (String className : classNames) {
            String name = snakeCase(className);
            int before = used.merge(name, 1, Integer::sum) - 1;
            names.add(before == 0 ? name : name + "_" + before);
        }
        return names;
    }

    /// The paths of the groups of all parts, depth first: a part, then the parts in it.
    ///
    /// @param root the group of the model, empty for the outermost one
    public static List<String> paths(String root, List<Part> parts) {
        String prefix = root.isEmpty() ? LAYERS + "/" : root + "/" + LAYERS + "/";
        List<String> names = names(parts.stream().map(Part::className).toList());
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String path = prefix + names.get(i);
            paths.add(path);
            paths.addAll(paths(path, parts.get(i).layers));
        }
        return paths;
    }

    /// The path of a variable of the layer with this group.
    public static String variable(String layerPath, int index) {
        return (layerPath.isEmpty() ? "" : layerPath + "/") + VARIABLES + "/" + index;
    }
}
