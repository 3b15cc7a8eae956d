package dev.gnomon.model;

import dev.gnomon.layer.NamedLayer;
import dev.gnomon.layer.SymbolicTensor;
import dev.gnomon.tensor.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/// The table of layers, shapes and weights, as Keras prints it on a screen of 80 columns.
final class Summary {
    private static final int[] CHAIN_WIDTHS = {31, 22, 13};
    private static final int[] GRAPH_WIDTHS = {19, 17, 10, 17};
    private static final List<String> HEADER =
            List.of("Layer (type)", "Output Shape", "Param #", "Connected to");
    private static final int PARAMS = 2;

    private final Model model;
    private final boolean chain;
    private final int[] widths;

    private Summary(Model model) {
        this.model = model;
        this.chain = model.kind() == Model.Kind.SEQUENTIAL || isChain(model);
        this.widths = chain ? CHAIN_WIDTHS : GRAPH_WIDTHS;
    }

    /// @param optimizerParams the numbers in the optimizer's variables, once there are any
    static String of(Model model, OptionalLong optimizerParams) {
        var summary = new Summary(model);
        return "Model: \""
                + model.name()
                + "\"\n"
                + summary.table()
                + summary.totals(optimizerParams);
    }

    /// A functional model without branches and shared layers, which Keras prints without connections.
    private static boolean isChain(Model model) {
        return model.inputs().size() == 1
                && model.outputs().size() == 1
                && model.layers().stream().allMatch(entry -> entry.uses().size() == 1)
                && model.tensors().stream().allMatch(tensor -> tensor.inputs().size() <= 1)
                && model.tensors().stream()
                                .flatMap(tensor -> tensor.inputs().stream())
                                .distinct()
                                .count()
                        == model.tensors().size() - 1;
    }

    // ---- the rows in Keras's order

    private List<List<String>> rows() {
        Map<Object, Model.NamedEntry> layers = new HashMap<>();
        model.layers().forEach(entry -> layers.put(entry.handle(), entry));
        List<List<String>> rows = new ArrayList<>();
        for (Object operation : operations()) {
            if (operation instanceof SymbolicTensor input) {
                if (model.kind() == Model.Kind.FUNCTIONAL) {
                    String name = model.nameOf(input) + " (InputLayer)";
                    rows.add(List.of(name, shape(input.shape()), "0", "-"));
                }
            } else {
                rows.add(row(layers.get(operation)));
            }
        }
        return rows;
    }

    private List<String> row(Model.@org.jspecify.annotations.Nullable NamedEntry entry) {
        if (entry == null) {
            throw new AssertionError("a layer without an entry");
        }
        long params =
                model.weightPaths().stream()
                        .filter(path -> path.startsWith(entry.name() + "/"))
                        .mapToLong(path -> model.parameters().shape(path).elements())
                        .sum();
        String connected =
                entry.uses().stream()
                        .flatMap(use -> use.inputs().stream())
                        .map(this::place)
                        .collect(Collectors.joining(", "));
        return List.of(
                entry.name() + " (" + entry.layer().kerasName() + ")",
                shape(entry.uses().getFirst().shape()),
                number(params),
                connected);
    }

    /// Where a tensor comes from: the layer, and which of its uses.
    private String place(SymbolicTensor tensor) {
        NamedLayer source = tensor.source();
        int use =
                source == null
                        ? 0
                        : model.layers().stream()
                                .filter(entry -> entry.handle() == source)
                                .findFirst()
                                .orElseThrow()
                                .uses()
                                .indexOf(tensor);
        return model.nameOf(tensor) + "[" + use + "][0]";
    }

    /// Inputs and layers, those that are farthest from the outputs first.
    private List<Object> operations() {
        Map<Object, Integer> found = new LinkedHashMap<>();
        List<SymbolicTensor> order = new ArrayList<>();
        Set<SymbolicTensor> seen = new HashSet<>();
        model.outputs().forEach(output -> visit(output, seen, found, order));
        Map<SymbolicTensor, Integer> depths = new HashMap<>();
        Map<Object, Integer> operationDepths = new HashMap<>();
        for (SymbolicTensor tensor : order.reversed()) {
            int depth =
                    Math.max(
                            depths.getOrDefault(tensor, 0),
                            operationDepths.getOrDefault(operation(tensor), 0));
            operationDepths.put(operation(tensor), depth);
            tensor.inputs().forEach(input -> depths.merge(input, depth + 1, Math::max));
        }
        return found.keySet().stream()
                .sorted(
                        Comparator.comparingInt((Object operation) ->
                                        -operationDepths.getOrDefault(operation, 0))
                                .thenComparingInt(operation -> found.getOrDefault(operation, 0)))
                .toList();
    }

    private static Object operation(SymbolicTensor tensor) {
        NamedLayer source = tensor.source();
        return source == null ? tensor : source;
    }

    private static void visit(
            SymbolicTensor tensor,
            Set<SymbolicTensor> seen,
            Map<Object, Integer> found,
            List<SymbolicTensor> order) {
        if (seen.add(tensor)) {
            found.putIfAbsent(operation(tensor), found.size());
            tensor.inputs().forEach(input -> visit(input, seen, found, order));
            order.add(tensor);
        }
    }

    // ---- the table

    private String table() {
        var text = new StringBuilder(rule('┏', '┳', '┓', '━')).append(row(HEADER, '┃'));
        text.append(rule('┡', '╇', '┩', '━'));
        List<List<String>> rows = rows();
        for (int i = 0; i < rows.size(); i++) {
            text.append(i == 0 ? "" : rule('├', '┼', '┤', '─')).append(row(rows.get(i), '│'));
        }
        return text.append(rule('└', '┴', '┘', '─')).toString();
    }

    private String row(List<String> cells, char bar) {
        List<List<String>> columns = new ArrayList<>();
        int height = 1;
        for (int i = 0; i < widths.length; i++) {
            columns.add(wrap(cells.get(i), widths[i]));
            height = Math.max(height, columns.getLast().size());
        }
        var text = new StringBuilder();
        for (int line = 0; line < height; line++) {
            for (int i = 0; i < widths.length; i++) {
                List<String> column = columns.get(i);
                String cell = line < column.size() ? column.get(line) : "";
                String space = " ".repeat(widths[i] - cell.length());
                text.append(bar).append(' ');
                text.append(i == PARAMS ? space + cell : cell + space).append(' ');
            }
            text.append(bar).append('\n');
        }
        return text.toString();
    }

    /// Breaks a text between words; a word that is too long is cut.
    private static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        var line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(cut(line.toString(), width));
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(cut(line.toString(), width));
        return lines;
    }

    private static String cut(String line, int width) {
        return line.length() <= width ? line : line.substring(0, width - 1) + "…";
    }

    private String rule(char left, char middle, char right, char line) {
        var text = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            text.append(i == 0 ? left : middle).append(String.valueOf(line).repeat(widths[i] + 2));
        }
        return text.append(right).append('\n').toString();
    }

    private String totals(OptionalLong optimizerParams) {
        long trainable =
                model.trainablePaths().stream()
                        .mapToLong(path -> model.parameters().shape(path).elements())
                        .sum();
        long weights = model.countParams();
        long optimizer = optimizerParams.orElse(0);
        long optimizerBytes = optimizer == 0 ? 0 : 4 * optimizer + 4; // the iteration has eight
        String text =
                " Total params: "
                        + withSize(weights + optimizer, 4 * weights + optimizerBytes)
                        + "\n Trainable params: "
                        + withSize(trainable, 4 * trainable)
                        + "\n Non-trainable params: "
                        + withSize(weights - trainable, 4 * (weights - trainable))
                        + "\n";
        return optimizer == 0
                ? text
                : text + " Optimizer params: " + withSize(optimizer, optimizerBytes) + "\n";
    }

    private static String withSize(long params, long bytes) {
        double size = (double) bytes;
        String[] units = {"B", "KB", "MB", "GB"};
        int unit = 0;
        while (size >= 1024 && unit < 3) {
            size /= 1024;
            unit++;
        }
        return number(params)
                + " ("
                + String.format(Locale.ROOT, "%.2f %s", size, units[unit])
                + ")";
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String shape(Shape shape) {
        var text = new StringBuilder("(");
        for (int axis = 0; axis < shape.rank(); axis++) {
            text.append(axis == 0 ? "" : ", ")
                    .append(
                            shape.dim(axis) == Shape.BATCH
                                    ? "None"
                                    : String.valueOf(shape.dim(axis)));
        }
        return text.append(shape.rank() == 1 ? ",)" : ")").toString();
    }
}
