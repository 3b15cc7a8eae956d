package dev.gnomon.model;

import dev.gnomon.check.Check;
import dev.gnomon.check.ConfigException;
import dev.gnomon.check.Names;
import dev.gnomon.plan.Parameters;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// The weights and states of a model by their paths: their memory, new or that of the model which used a layer first, and
/// their first values.
final class ModelWeights {
    /// Where a layer's weights are: the parameters of the model that used it first, and what their paths begin with there.
    private record Place(Parameters parameters, String prefix) {}

    private final Network network;
    private final Parameters parameters = new Parameters();
    private final SequencedMap<String, ModelScope.Declared> declared;

    ModelWeights(Network network) {
        this.network = network;
        this.declared = declared(network);
        allocate();
    }

    private static SequencedMap<String, ModelScope.Declared> declared(Network network) {
        var collector = new ModelScope.Collector(false);
        network.build(collector);
        return new LinkedHashMap<>(collector.declared);
    }

    /// Finds the memory of each layer's weights: new, or that of the model which used the layer first.
    private void allocate() {
        Map<String, Shape> fresh = new LinkedHashMap<>();
        Map<String, Place> shared = new LinkedHashMap<>();
        for (Network.Entry entry : network.entries()) {
            Object known =
                    entry.layer() instanceof Model inner
                            ? new Place(inner.parameters(), "")
                            : entry.handle().weights();
            for (String path : declared.keySet()) {
                if (path.startsWith(entry.name() + "/")) {
                    if (known instanceof Place place) {
                        shared.put(path, place);
                    } else {
                        fresh.put(path, shape(path));
                    }
                }
            }
        }
        Parameters own = Parameters.allocate(fresh);
        for (Network.Entry entry : network.entries()) {
            entry.handle().weights(new Place(own, entry.name() + "/"));
        }
        for (String path : declared.keySet()) {
            Place place = shared.get(path);
            if (place == null) {
                parameters.share(path, own, path);
            } else {
                String there = place.prefix + path.substring(path.indexOf('/') + 1);
                Shape known = place.parameters.shape(there);
                Check.shape(
                        known.equals(shape(path)),
                        "The layer of \"%s\" is shared with another model, where this weight has the shape %s; here it"
                                + " would need %s. Apply it to the same shape, or make a new layer.",
                        path,
                        known,
                        shape(path));
                parameters.share(path, place.parameters, there);
            }
        }
        fresh.keySet().forEach(path -> initialize(path, 0));
    }

    private ModelScope.Declared declaration(String path) {
        ModelScope.Declared found = declared.get(path);
        if (found == null) {
            throw new ConfigException(
                    "There is no weight \""
                            + path
                            + "\"; there are "
                            + declared.keySet()
                            + "."
                            + Names.didYouMean(path, declared.keySet()));
        }
        return found;
    }

    void initialize(long seed) {
        parameters.paths().forEach(path -> initialize(path, seed));
    }

    private void initialize(String path, long seed) {
        Shape shape = shape(path);
        Key key = Key.of(seed).child("weights").child(path);
        parameters.set(path, new Tensor(shape, declaration(path).initializer().values(shape, key)));
    }

    Parameters parameters() {
        return parameters;
    }

    /// The paths in Keras's order.
    List<String> paths() {
        return List.copyOf(declared.keySet());
    }

    /// The paths of the weights that training changes as layers are frozen now.
    List<String> trainablePaths() {
        return declared(network).entrySet().stream()
                .filter(entry -> entry.getValue().trained())
                .map(Map.Entry::getKey)
                .toList();
    }

    private Shape shape(String path) {
        return declaration(path).variable().shape();
    }

    Tensor get(String path) {
        declaration(path);
        return parameters.get(path);
    }

    void set(String path, Tensor value) {
        declaration(path);
        parameters.set(path, value);
    }

    SequencedMap<String, Tensor> all() {
        var all = new LinkedHashMap<String, Tensor>();
        declared.keySet().forEach(path -> all.put(path, parameters.get(path)));
        return all;
    }

    long count() {
        return declared.keySet().stream().mapToLong(path -> shape(path).elements()).sum();
    }
}
