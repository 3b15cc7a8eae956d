package dev.gnomon.cli;

import dev.gnomon.check.Check;
import dev.gnomon.check.ConfigException;
import dev.gnomon.check.DataException;
import dev.gnomon.cli.FittedPictures.Fitting;
import dev.gnomon.data.AtomicFile;
import dev.gnomon.data.ClockDataset;
import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.data.Npy;
import dev.gnomon.data.Npz;
import dev.gnomon.file.Json;
import dev.gnomon.lint.Linter;
import dev.gnomon.model.Model;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `gnomon predict`.
@Command(
        name = "predict",
        description = "Computes a model's outputs for samples or pictures.",
        footer = {
            "",
            "Example: gnomon predict mnist.keras --input digits.npy --output probabilities.npy",
            "Example: gnomon predict clock.keras --input photo.jpg --figure look.svg",
            "Without --output it prints a table. Several outputs are written as an .npz under their names.",
            "Pictures of another size than the model's are stretched to it, as Keras does; those of clocks are cut square in the",
            "middle and turned as the camera was held. With --json, the times of the first 1000 are told."
        },
        mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {
    private static final int NUMBERS_SHOWN = 8;
    private static final int TIMES_SHOWN = 1000;
    private static final int MOST_DRAWN = 50;
    private static final double DOUBT = 0.5;

    @Mixin private Output output;
    @Mixin private ModelOptions options;
    @Mixin private LookAgain lookAgain;

    @Parameters(paramLabel = "MODEL", description = "A model file.")
    private String name = "";

    @Option(
            names = "--input",
            arity = "1..*",
            required = true,
            paramLabel = "X",
            description = "An .npy, an .npz with x, or pictures (PNG, JPEG, BMP, GIF).")
    private List<Path> input = List.of();

    @Option(
            names = "--output",
            paramLabel = "Y.npy",
            description = "The .npy or .npz file to write.")
    private @Nullable Path file;

    @Option(
            names = "--figure",
            paramLabel = "FILE.svg",
            description =
                    "Clocks: draw where the model finds dial and hands, and which parts of a picture its answer needs.")
    private @Nullable Path figure;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "Samples at a time (default: 32).")
    private int batchSize = 32;

    @Override
    public Integer call() {
        if (batchSize < 1) {
            throw new ConfigException("--batch-size must be at least 1, but is " + batchSize + ".");
        }
        var found = options.find(name, 0);
        try (var model = found.model()) {
            var target = file;
            if (target != null) {
                checkName(target, model.outputNames().size());
                OutputFiles.check("--output", target);
            }
            boolean again = lookAgain.isWanted(model, found.provenance());
            var samples = samples(model, again);
            checkFigure(model, samples.size());
            var pictures = samples.inputs().firstEntry().getValue();
            if (isArray(input.getFirst()) && ClockReading.isPossible(model)) {
                checkFinite(pictures);
            }
            if (!again || isArray(input.getFirst())) {
                Linter.samples(model, samples).forEach(output::warn);
            }
            var answers =
                    again
                            ? new ClockLooks(model, batchSize).read(squares(pictures))
                            : new ClockLooks.Answers(
                                    model.predict(samples, batchSize), Tensor.scalar(0));
            var outputs = answers.outputs();
            var times = ClockAnswer.all(outputs);
            if (target == null && !times.isEmpty()) {
                printTimes(times);
            } else if (target == null) {
                print(outputs, found.provenance().path("class_names"));
            } else {
                write(target, outputs);
                output.progressLine(
                        "Wrote %,d predictions to %s.".formatted(samples.size(), target));
            }
            if (figure != null) {
                var names = rowNames(samples.size());
                var seen = again ? answers.surest() : pictures.tensor();
                AtomicFile.write(
                        figure,
                        ClockLook.of(model, names, pictures.tensor(), seen, outputs).text());
                output.progressLine("Drew " + figure + ".");
            }
            warnOfDoubt(times);
            var figures = Json.object().put("samples", samples.size());
            putTimes(figures, times);
            if (target != null) {
                figures.put("out", target.toString());
            }
            output.figures(figures);
        }
        return 0;
    }

    private void checkFigure(Model model, int pictures) {
        if (figure == null) {
            return;
        }
        boolean clocks =
                model.outputShapes().stream()
                        .anyMatch(shape -> shape.last() == ClockDataset.MINUTES);
        if (!clocks) {
            throw new ConfigException(
                    "--figure draws how clocks are read, but no output of the model has a class for each of the 720 minutes.");
        }
        if (!figure.toString().endsWith(".svg")) {
            throw new ConfigException("--figure must name an .svg file, but is " + figure + ".");
        }
        Check.config(
                pictures <= MOST_DRAWN,
                "--figure draws at most %d pictures, but there are %d. Give fewer.",
                MOST_DRAWN,
                pictures);
        OutputFiles.check("--figure", figure);
    }

    /// The file of each picture, or the numbers of the rows.
    private List<String> rowNames(int rows) {
        return rows == input.size() && !isArray(input.getFirst())
                ? input.stream().map(path -> String.valueOf(path.getFileName())).toList()
                : IntStream.range(0, rows).mapToObj(Integer::toString).toList();
    }

    private static boolean isArray(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".npy") || name.endsWith(".npz");
    }

    private static void putTimes(ObjectNode figures, List<ClockAnswer> answers) {
        if (answers.isEmpty()) {
            return;
        }
        var times = figures.putArray("times");
        for (var answer : answers.subList(0, Math.min(answers.size(), TIMES_SHOWN))) {
            var one = times.addObject().put("time", answer.isTold() ? answer.timeText() : null);
            if (!Double.isNaN(answer.confidence())) {
                one.put("confidence", answer.confidence());
            }
        }
    }

    private void warnOfDoubt(List<ClockAnswer> answers) {
        long unsure = answers.stream().filter(answer -> answer.confidence() < DOUBT).count();
        if (unsure > 0) {
            output.warn(
                    "Less than half sure of %d of %d. Is one whole clock in the picture?"
                            .formatted(unsure, answers.size()));
        }
    }

    private static void checkName(Path target, int outputs) {
        String wanted = outputs == 1 ? ".npy" : ".npz";
        if (!target.toString().endsWith(wanted) && !target.toString().endsWith(".npz")) {
            throw new ConfigException(
                    "--output "
                            + target
                            + ": the model has "
                            + (outputs == 1 ? "one output" : outputs + " outputs")
                            + ", so this must be an "
                            + wanted
                            + " file.");
        }
    }

    // ---- samples

    /// Rectifiers can make numbers of NaN: the answer would look like one.
    private void checkFinite(Column pictures) {
        for (int row = 0; row < pictures.rows(); row++) {
            for (float value : pictures.slice(row, row + 1).tensor().values()) {
                if (!Float.isFinite(value)) {
                    throw new DataException(
                            "%s: picture %d holds NaN or infinity, so it shows no clock. Leave it out."
                                    .formatted(input.getFirst(), row));
                }
            }
        }
    }

    private static Column squares(Column pictures) {
        var shape = pictures.sampleShape();
        Check.data(pictures.rows() > 0, "--input: there are no pictures.");
        boolean square =
                shape.rank() >= 2
                        && shape.dim(0) > 0
                        && shape.dim(0) == shape.dim(1)
                        && shape.elements() == (long) shape.dim(0) * shape.dim(1);
        Check.data(
                square,
                "--input: the model looks at square grey pictures, but these have the shape %s.",
                shape);
        return pictures;
    }

    private Dataset samples(Model model, boolean again) {
        for (Path path : input) {
            if (Files.isDirectory(path)) {
                throw new DataException(
                        path + " is a folder; name the files in it, such as " + path + "/*.jpg.");
            }
            if (!Files.isRegularFile(path)) {
                throw new DataException("There is no file " + path + ".");
            }
        }
        if (isArray(input.getFirst())) {
            if (input.size() != 1) {
                throw new DataException("--input: give one .npy or .npz file, or pictures.");
            }
            return input.getFirst().toString().toLowerCase(Locale.ROOT).endsWith(".npy")
                    ? Dataset.of(Npy.read(input.getFirst()))
                    : arrays(input.getFirst(), model);
        }
        Shape wanted = model.inputShapes().getFirst().sample();
        return Dataset.of(
                again
                        ? FittedPictures.onDemand(input, ClockLooks.DETAIL * wanted.dim(0))
                        : FittedPictures.of(
                                input,
                                wanted,
                                ClockReading.isPossible(model)
                                        ? Fitting.PHOTOGRAPH
                                        : Fitting.KERAS));
    }

    private static Dataset arrays(Path path, Model model) {
        var all = Npz.read(path);
        var inputs = new LinkedHashMap<String, Column>();
        for (String input : model.inputNames()) {
            var column = all.get(input);
            column = column == null && model.inputNames().size() == 1 ? all.get(Dataset.X) : column;
            if (column == null) {
                throw new DataException(
                        path
                                + ": lacks the array \""
                                + (model.inputNames().size() == 1 ? Dataset.X : input)
                                + "\"; it holds "
                                + all.keySet()
                                + ".");
            }
            inputs.put(input, column);
        }
        return Dataset.of(inputs, new LinkedHashMap<>());
    }

    // ---- results

    private static void write(Path target, SequencedMap<String, Tensor> outputs) {
        if (target.toString().endsWith(".npy")) {
            Npy.write(target, Column.of(outputs.firstEntry().getValue()));
            return;
        }
        var columns = new LinkedHashMap<String, Column>();
        outputs.forEach((key, value) -> columns.put(key, Column.of(value)));
        Npz.write(target, columns);
    }

    private void printTimes(List<ClockAnswer> answers) {
        List<String> names = rowNames(answers.size());
        int widest = widest(names);
        for (int row = 0; row < answers.size(); row++) {
            line(names.get(row), widest, answers.get(row).text());
        }
    }

    private static int widest(List<String> names) {
        return Math.max(5, names.stream().mapToInt(String::length).max().orElse(0));
    }

    private void print(SequencedMap<String, Tensor> outputs, JsonNode classNames) {
        int rows = outputs.firstEntry().getValue().shape().dim(0);
        List<String> names = rowNames(rows);
        int widest = widest(names);
        for (var entry : outputs.entrySet()) {
            if (outputs.size() > 1) {
                output.line(entry.getKey() + ":");
            }
            for (int row = 0; row < rows; row++) {
                line(names.get(row), widest, text(entry.getValue(), row, rows, classNames));
            }
        }
    }

    private void line(String name, int width, String text) {
        output.line(" ".repeat(width - name.length()) + name + "  " + text);
    }

    private static String text(Tensor values, int row, int rows, JsonNode classNames) {
        int width = values.size() / rows;
        if (values.shape().rank() == 2
                && Classes.isProbability(values.values(), row * width, width)) {
            int best = Classes.likeliest(values, row);
            var known = classNames.path(best);
            String label =
                    known.isString() && !known.asString().equals(String.valueOf(best))
                            ? best + " " + known.asString()
                            : "" + best;
            return String.format(
                    Locale.ROOT, "%-16s %.4f", label, values.values()[row * width + best]);
        }
        var text = new StringBuilder();
        for (int i = 0; i < Math.min(width, NUMBERS_SHOWN); i++) {
            text.append(String.format(Locale.ROOT, "%10.5f", values.values()[row * width + i]));
        }
        return text.append(width > NUMBERS_SHOWN ? " …" : "").toString();
    }
}
