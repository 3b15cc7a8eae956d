package dev.gnomon.figure;

import dev.gnomon.figure.Svg.Anchor;
import dev.gnomon.layer.ActivationLayer;
import dev.gnomon.layer.BatchNormalization;
import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Dropout;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.KernelSettings;
import dev.gnomon.layer.Layer;
import dev.gnomon.layer.MaxPooling2D;
import dev.gnomon.layer.NamedLayer;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.layer.Size;
import dev.gnomon.layer.SymbolicTensor;
import dev.gnomon.model.Model;
import dev.gnomon.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A network as boxes from left to right, row under row: what each layer is, and the shape it gives. Layers without a form
/// of their own (activations, normalization, flattening) stand in the box of the layer before.
public final class NetworkDrawing {
    private static final double BOX = 98;
    private static final double HIGH = 52;
    private static final double LEFT = 12;
    private static final double ACROSS = 22;
    private static final double DOWN = 16;
    private static final double SMALL = 9;

    /// Boxes that stand above each other, and which one of the column before leads to them.
    private final Map<SymbolicTensor, Box> boxes = new HashMap<>();

    private final List<Box> order = new ArrayList<>();

    private NetworkDrawing() {}

    private static final class Box {
        private final String title;
        private final List<String> more = new ArrayList<>();
        private final List<Box> from;
        private final int depth;
        private Shape shape;
        private double x;
        private double y;

        Box(String title, List<Box> from, Shape shape) {
            this.title = title;
            this.from = from;
            this.shape = shape;
            depth = from.stream().mapToInt(box -> box.depth + 1).max().orElse(0);
        }
    }

    /// A network in a room of so much width.
    public static Svg of(Model model, double width) {
        var drawing = new NetworkDrawing();
        for (SymbolicTensor tensor : model.tensors()) {
            drawing.add(model, tensor);
        }
        return drawing.draw(width);
    }

    private void add(Model model, SymbolicTensor tensor) {
        List<Box> from = tensor.inputs().stream().map(this::box).distinct().toList();
        NamedLayer source = tensor.source();
        String folded = source == null ? null : folded(source.layer());
        if (folded != null && from.size() == 1) {
            Box before = from.getFirst();
            before.shape = tensor.shape();
            if (!folded.isEmpty()) {
                before.more.add(folded);
            }
            boxes.put(tensor, before);
            return;
        }
        String title = source == null ? "Input" : title(source.layer());
        var box = new Box(title, from, tensor.shape());
        if (source != null) {
            box.more.addAll(settings(source.layer()));
            if (model.outputs().contains(tensor)) {
                box.more.add("“" + model.nameOf(tensor) + "”");
            }
        }
        boxes.put(tensor, box);
        order.add(box);
    }

    private Box box(SymbolicTensor tensor) {
        Box box = boxes.get(tensor);
        if (box == null) {
            throw new IllegalStateException("A tensor stands before what it is made from.");
        }
        return box;
    }

    /// What a layer without a box of its own adds to the one before, or null for a layer with a box.
    private static @Nullable String folded(Layer layer) {
        return switch (layer) {
            case ActivationLayer activation -> activation.activation().name();
            case BatchNormalization _ -> "BN";
            case Dropout dropout -> "dropout " + Svg.number(dropout.rate());
            case Flatten _ -> "flat";
            case Rescaling _ -> "rescaled";
            default -> null;
        };
    }

    private static String title(Layer layer) {
        return switch (layer) {
            case Conv2D conv -> "Conv2D " + conv.filters();
            case Dense dense -> "Dense " + dense.units();
            case MaxPooling2D _ -> "MaxPooling";
            default -> layer.getClass().getSimpleName();
        };
    }

    private static List<String> settings(Layer layer) {
        List<String> all = new ArrayList<>();
        switch (layer) {
            case Conv2D conv -> {
                all.add(conv.kernelSize().toString());
                if (!conv.strides().equals(Size.of(1))) {
                    all.add("step " + conv.strides().height());
                }
                addActivation(all, conv.settings());
            }
            case Dense dense -> addActivation(all, dense.settings());
            case MaxPooling2D pooling -> all.add(pooling.poolSize().toString());
            default -> {
                // The name says it.
            }
        }
        return all;
    }

    private static void addActivation(List<String> all, KernelSettings settings) {
        String name = settings.activation().name();
        if (!name.equals("linear")) {
            all.add(name);
        }
    }

    private Svg draw(double width) {
        int columns = (int) Math.max(1, Math.floor((width - 2 * LEFT + ACROSS) / (BOX + ACROSS)));
        List<List<Box>> depths = new ArrayList<>();
        for (Box box : order) {
            while (depths.size() <= box.depth) {
                depths.add(new ArrayList<>());
            }
            depths.get(box.depth).add(box);
        }
        double top = 2;
        for (int first = 0; first < depths.size(); first += columns) {
            int highest = 1;
            for (int i = first; i < Math.min(first + columns, depths.size()); i++) {
                highest = Math.max(highest, depths.get(i).size());
                double y = top;
                for (Box box : depths.get(i)) {
                    box.x = LEFT + (i - first) * (BOX + ACROSS);
                    box.y = y;
                    y += HIGH + 6;
                }
            }
            top += highest * (HIGH + 6) + DOWN - 6;
        }
        int widest = Math.min(columns, depths.size());
        var svg = new Svg(2 * LEFT + widest * (BOX + ACROSS) - ACROSS, top - DOWN + 4);
        order.forEach(box -> box.from.forEach(before -> drawArrow(svg, before, box)));
        order.forEach(box -> drawBox(svg, box));
        return svg;
    }

    private static void drawBox(Svg svg, Box box) {
        svg.box(box.x, box.y, BOX, HIGH, "#eef4fa", "#0072b2");
        double middle = box.x + BOX / 2;
        svg.bold(middle, box.y + 15, box.title, Anchor.MIDDLE, Svg.TEXT, Svg.INK);
        svg.text(middle, box.y + 30, String.join(" · ", box.more), Anchor.MIDDLE, SMALL, Svg.FAINT);
        svg.text(middle, box.y + 44, size(box.shape), Anchor.MIDDLE, SMALL, Svg.INK);
    }

    private static String size(Shape shape) {
        List<String> dims = new ArrayList<>();
        for (int i = 1; i < shape.rank(); i++) {
            dims.add(Integer.toString(shape.dim(i)));
        }
        return String.join("×", dims);
    }

    private static void drawArrow(Svg svg, Box from, Box to) {
        double startX = from.x + BOX;
        double startY = from.y + HIGH / 2;
        double endY = to.y + HIGH / 2;
        var path = new StringBuilder("M " + Svg.number(startX) + " " + Svg.number(startY));
        if (to.x > startX) {
            double middle = startX + ACROSS / 2;
            path.append(" H ").append(Svg.number(middle));
        } else {
            double below = from.y + HIGH + DOWN / 2;
            path.append(" h 7 V ").append(Svg.number(below));
            path.append(" H ").append(Svg.number(to.x - LEFT + 2));
        }
        svg.path(path + " V " + Svg.number(endY) + " H " + Svg.number(to.x), Svg.FAINT, 1.2, false);
        svg.area(
                "M %s %s l -6 -3.5 v 7 Z".formatted(Svg.number(to.x), Svg.number(endY)),
                Svg.FAINT,
                1);
    }
}
