package dev.gnomon.model;

import dev.gnomon.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The table of layers, shapes and weights, as Keras prints it.
final class Summary {
    private Summary() {}

    private record Row(String layer, String shape, String params, String connected) {}

    static String of(Model model) {
        boolean functional = model.kind() == Model.Kind.FUNCTIONAL;
        List<Row> rows = new ArrayList<>();
        if (functional) {
            for (int i = 0; i < model.inputs().size(); i++) {
                rows.add(
                        new Row(
                                model.inputNames().get(i) + " (InputLayer)",
                                shape(model.inputShapes().get(i)),
                                "0",
                                "-"));
            }
        }
        for (Model.NamedEntry entry : model.layers()) {
            long params =
                    model.weightPaths().stream()
                            .filter(path -> path.startsWith(entry.name() + "/"))
                            .mapToLong(path -> model.parameters().shape(path).elements())
                            .sum();
            String connected =
                    entry.uses().stream()
                            .flatMap(use -> use.inputs().stream())
                            .map(input -> model.nameOf(input) + "[0][0]")
                            .collect(Collectors.joining(", "));
            rows.add(
                    new Row(
                            entry.name() + " (" + entry.layer().kerasName() + ")",
                            shape(entry.uses().getFirst().shape()),
                            number(params),
                            connected));
        }
        return "Model: \"" + model.name() + "\"\n" + table(rows, functional) + totals(model);
    }

    private static String table(List<Row> rows, boolean functional) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(
                columns(
                        new Row("Layer (type)", "Output Shape", "Param #", "Connected to"),
                        functional));
        rows.forEach(row -> lines.add(columns(row, functional)));
        int[] widths = new int[lines.getFirst().size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        var text = new StringBuilder(rule(widths, '┏', '┳', '┓', '━'));
        for (int i = 0; i < lines.size(); i++) {
            text.append(line(lines.get(i), widths, i == 0 ? '┃' : '│'));
            boolean last = i == lines.size() - 1;
            text.append(
                    i == 0 && !last
                            ? rule(widths, '┡', '╇', '┩', '━')
                            : last
                                    ? rule(widths, '└', '┴', '┘', '─')
                                    : rule(widths, '├', '┼', '┤', '─'));
        }
        return text.toString();
    }

    private static List<String> columns(Row row, boolean functional) {
        return functional
                ? List.of(row.layer, row.shape, row.params, row.connected)
                : List.of(row.layer, row.shape, row.params);
    }

    private static String line(List<String> cells, int[] widths, char bar) {
        var text = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            String space = " ".repeat(widths[i] - cell.length());
            text.append(bar).append(' ').append(i == 2 ? space + cell : cell + space).append(' ');
        }
        return text.append(bar).append('\n').toString();
    }

    private static String rule(int[] widths, char left, char middle, char right, char line) {
        var text = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            text.append(i == 0 ? left : middle).append(String.valueOf(line).repeat(widths[i] + 2));
        }
        return text.append(right).append('\n').toString();
    }

    private static String totals(Model model) {
        long trainable =
                model.trainablePaths().stream()
                        .mapToLong(path -> model.parameters().shape(path).elements())
                        .sum();
        long all = model.countParams();
        return " Total params: "
                + withSize(all)
                + "\n Trainable params: "
                + withSize(trainable)
                + "\n Non-trainable params: "
                + withSize(all - trainable)
                + "\n";
    }

    private static String withSize(long params) {
        double bytes = params * 4.0;
        String[] units = {"B", "KB", "MB", "GB"};
        int unit = 0;
        while (bytes >= 1024 && unit < 3) {
            bytes /= 1024;
            unit++;
        }
        return number(params)
                + " ("
                + String.format(Locale.ROOT, "%.2f %s", bytes, units[unit])
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
