package dev.gnomon.keras;

import dev.gnomon.file.H5Builder;
import dev.gnomon.file.WeightsLayout;
import dev.gnomon.layer.NamedLayer;
import dev.gnomon.model.Model;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Where each weight of a model lies in Keras's tree of weights, in Keras's order.
final class WeightsTree {
    /// The groups of variables with the names of their layers.
    private final Map<String, String> names = new LinkedHashMap<>();

    /// The place of each weight by its path in the model.
    private final Map<String, String> places = new LinkedHashMap<>();

    private final List<String> paths;
    private final Set<NamedLayer> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private final KerasNames classes;

    WeightsTree(Model model, KerasNames classes) {
        this.classes = classes;
        this.paths = model.weightPaths();
        collect(model, "", "");
    }

    /// The place of each weight by its path in the model, in the order of Keras's variables.
    Map<String, String> places() {
        return places;
    }

    /// Makes all groups, also those without weights, with their names.
    void groups(H5Builder tree) {
        names.forEach((group, name) ->
                tree.attribute(group, WeightsLayout.NAME, dev.gnomon.file.H5Text.of(name)));
    }

    private void collect(Model model, String group, String prefix) {
        names.put(
                inside(group, WeightsLayout.VARIABLES),
                prefix.isEmpty() ? model.name() : prefix.substring(0, prefix.length() - 1));
        List<Wiring.Item> items = Wiring.items(model);
        List<String> groups =
                WeightsLayout.names(items.stream().map(item -> item.className(classes)).toList());
        for (int i = 0; i < items.size(); i++) {
            Wiring.Item item = items.get(i);
            String own = inside(group, WeightsLayout.LAYERS) + "/" + groups.get(i);
            if (item.entry() == null) {
                names.put(own + "/" + WeightsLayout.VARIABLES, item.name());
            } else if (seen.add(item.entry().handle())) {
                collect(item.entry(), own, prefix + item.name() + "/");
            }
        }
    }

    private void collect(Model.NamedEntry entry, String group, String prefix) {
        if (entry.layer() instanceof Model inner) {
            collect(inner, group, prefix);
            names.put(group + "/" + WeightsLayout.VARIABLES, entry.name());
            return;
        }
        names.put(group + "/" + WeightsLayout.VARIABLES, entry.name());
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String path : new ArrayList<>(paths)) {
            if (path.startsWith(prefix)) {
                int slash = path.lastIndexOf('/');
                String part =
                        slash < prefix.length()
                                ? group
                                : group + "/" + path.substring(prefix.length(), slash);
                places.put(
                        path,
                        WeightsLayout.variable(part, counts.merge(part, 1, Integer::sum) - 1));
            }
        }
    }

    private static String inside(String group, String name) {
        return group.isEmpty() ? name : group + "/" + name;
    }
}
