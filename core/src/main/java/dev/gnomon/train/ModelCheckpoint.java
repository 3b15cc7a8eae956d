package dev.gnomon.train;

import dev.gnomon.check.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Writes the model, or its weights, after epochs or every so many batches. Defaults are Keras's.
///
/// Each file is written whole or not at all; folders are made where they are missing. The file's name may hold `{epoch}`
/// (counted from 1), `{batch}` and figures, with Python's formats: `{epoch:02d}-{val_loss:.2f}.keras`.
///
/// @param file the file, ending in `.keras`, or in `.weights.h5` for the weights alone
/// @param monitor the figure that tells the best; `val_loss` by default
/// @param saveBestOnly whether only models better than all before are written; false by default
/// @param mode which way is better; told by the figure's name by default
/// @param everyBatches after how many batches it is written; 0, the default, for after each epoch
/// @param initialThreshold only models better than this are the best, or null, the default
public record ModelCheckpoint(
        String file,
        String monitor,
        boolean saveBestOnly,
        Mode mode,
        int everyBatches,
        @Nullable Double initialThreshold)
        implements Callback {
    private static final String WEIGHTS = ".weights.h5";
    private static final String BEST = "best";
    private static final String SEEN = "batches_since_last";

    public ModelCheckpoint {
        Check.config(
                file.endsWith(".keras") || file.endsWith(WEIGHTS),
                "ModelCheckpoint: the file must end in .keras, or in .weights.h5 for the weights alone, but is \"%s\".",
                file);
        Check.config(
                everyBatches >= 0,
                "ModelCheckpoint: everyBatches must be at least 0, but is %d.",
                everyBatches);
        FilePattern.check(file);
    }

    public ModelCheckpoint(String file) {
        this(file, "val_loss", false, Mode.AUTO, 0, null);
    }

    public ModelCheckpoint withMonitor(String figure) {
        return new ModelCheckpoint(
                file, figure, saveBestOnly, mode, everyBatches, initialThreshold);
    }

    public ModelCheckpoint withSaveBestOnly(boolean best) {
        return new ModelCheckpoint(file, monitor, best, mode, everyBatches, initialThreshold);
    }

    public ModelCheckpoint withMode(Mode way) {
        return new ModelCheckpoint(
                file, monitor, saveBestOnly, way, everyBatches, initialThreshold);
    }

    public ModelCheckpoint withEveryBatches(int batches) {
        return new ModelCheckpoint(file, monitor, saveBestOnly, mode, batches, initialThreshold);
    }

    public ModelCheckpoint withInitialThreshold(double value) {
        return new ModelCheckpoint(file, monitor, saveBestOnly, mode, everyBatches, value);
    }

    private Monitor watched() {
        return new Monitor("ModelCheckpoint", monitor, mode);
    }

    @Override
    public void onTrainBegin(Training training) {
        if (saveBestOnly) {
            watched().check(training);
        }
    }

    @Override
    public void onTrainBatchEnd(Training training, int batch) {
        if (everyBatches > 0) {
            double seen = training.state().number(SEEN, 0) + 1;
            training.state().put(SEEN, seen >= everyBatches ? 0 : seen);
            if (seen >= everyBatches) {
                save(training, training.logs(), batch + 1);
            }
        }
    }

    @Override
    public void onEpochEnd(Training training, int epoch, Logs logs) {
        if (everyBatches == 0) {
            save(training, logs, training.batch());
        }
    }

    private void save(Training training, Logs logs, int batch) {
        if (saveBestOnly && !isBest(training, logs)) {
            return;
        }
        Path path = Path.of(FilePattern.fill(file, training.epoch() + 1, batch, logs));
        makeFolder(path);
        if (file.endsWith(WEIGHTS)) {
            training.saveWeights(path);
        } else {
            training.save(path);
        }
    }

    private boolean isBest(Training training, Logs logs) {
        Monitor watched = watched();
        Double value = watched.value(training, logs);
        double threshold = initialThreshold == null ? watched.worst() : initialThreshold;
        if (value == null
                || !watched.isBetter(value, training.state().number(BEST, threshold), 0)) {
            return false;
        }
        training.state().put(BEST, value);
        return true;
    }

    private static void makeFolder(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "ModelCheckpoint: the folder " + folder + " cannot be made: " + e + ".", e);
            }
        }
    }
}
