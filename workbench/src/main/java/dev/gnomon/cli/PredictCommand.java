package dev.gnomon.cli;

import dev.gnomon.check.ConfigException;
import dev.gnomon.check.DataException;
import dev.gnomon.data.ClockDataset;
import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.data.Images;
import dev.gnomon.data.Npy;
import dev.gnomon.data.Npz;
import dev.gnomon.file.Json;
import dev.gnomon.model.Model;
import dev.gnomon.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `gnomon predict`.
@Command(
        name = "predict",
        description = "Computes a model's outputs for samples or pictures.",
        footer = {
            "",
            "Example: gnomon predict mnist.keras --input digits.npy --output probabilities.npy",
            "Without --output it prints a table. Several outputs are written as an .npz under their names."
        },
        mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {
    private static final int NUMBERS_SHOWN = 8;

    @Mixin private Output output;
    @Mixin private ModelOptions options;

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
            var samples = samples(model);
            var outputs = model.predict(samples, batchSize);
            if (target == null) {
                print(outputs, found.provenance().path("class_names"));
            } else {
                write(target, outputs);
                output.progressLine(
                        "Wrote %,d predictions to %s.".formatted(samples.size(), target));
            }
            var figures = Json.object().put("samples", samples.size());
            if (target != null) {
                figures.put("out", target.toString());
            }
            output.figures(figures);
        }
        return 0;
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

    private Dataset samples(Model model) {
        for (Path path : input) {
            if (!Files.isRegularFile(path)) {
                throw new DataException("There is no file " + path + ".");
            }
        }
        String first = input.getFirst().toString().toLowerCase(Locale.ROOT);
        if (first.endsWith(".npy") || first.endsWith(".npz")) {
            if (input.size() != 1) {
                throw new DataException("--input: give one .npy or .npz file, or pictures.");
            }
            return first.endsWith(".npy")
                    ? Dataset.of(Npy.read(input.getFirst()))
                    : arrays(input.getFirst(), model);
        }
        return Dataset.of(pictures(model));
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

    private Column pictures(Model model) {
        List<BufferedImage> images = new ArrayList<>();
        for (Path path : input) {
            try {
                var image = ImageIO.read(path.toFile());
                if (image == null) {
                    throw new DataException(
                            path + ": is no .npy, no .npz and no picture of a known kind.");
                }
                images.add(image);
            } catch (IOException e) {
                throw new DataException(
                        path + ": the picture cannot be read: " + e.getMessage() + ".", e);
            }
        }
        var wanted = model.inputShapes().getFirst().sample();
        boolean colour = wanted.rank() == 3 && wanted.last() == 3;
        Column column = colour ? Images.rgb(images) : Images.grey(images);
        return wanted.rank() == 2 && column.sampleElements() == wanted.elements()
                ? column.withSampleShape(wanted.dims())
                : column;
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

    private void print(SequencedMap<String, Tensor> outputs, JsonNode classNames) {
        for (var entry : outputs.entrySet()) {
            Tensor values = entry.getValue();
            if (outputs.size() > 1) {
                output.line(entry.getKey() + ":");
            }
            int width = values.shape().rank() == 2 ? values.shape().last() : 0;
            int[] times =
                    ClockDataset.tellsTime(entry.getKey(), width)
                            ? ClockDataset.times(values)
                            : new int[0];
            int rows = values.shape().dim(0);
            for (int row = 0; row < rows; row++) {
                output.line(
                        "%5d  %s"
                                .formatted(
                                        row,
                                        times.length > 0
                                                ? ClockDataset.text(times[row])
                                                : text(values, row, rows, classNames)));
            }
        }
    }

    private static String text(Tensor values, int row, int rows, JsonNode classNames) {
        int width = values.size() / rows;
        if (values.shape().rank() == 2 && isProbability(values, row * width, width)) {
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

    private static boolean isProbability(Tensor values, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            if (values.values()[i] < 0) {
                return false;
            }
            sum += values.values()[i];
        }
        return count > 1 && Math.abs(sum - 1) < 1e-3;
    }
}
