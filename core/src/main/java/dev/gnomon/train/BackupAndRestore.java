package dev.gnomon.train;

import dev.gnomon.check.Check;
import java.nio.file.Path;
import java.time.Duration;

/// Keeps a file from which a training that was killed goes on, with the same bits as if it had not been.
///
/// Run the same program again: `fit` finds the file and goes on from there. The file is a `.keras` file that can be read
/// like any other; beside the model it holds all of the run: the optimizer, the place in the epoch, the history, what the
/// callbacks remember. It is written whole or not at all, also when the training is interrupted, and removed when it has come
/// to its end. `fit` itself does this, after all callbacks have been told, whatever their order.
///
/// @param file the file, ending in `.keras`
/// @param everyBatches after how many batches it is written too; 0, the default, for after epochs only
/// @param atMostEvery the least time between two writings; zero by default
/// @param deleteAtEnd whether the file is removed at the end; true by default
public record BackupAndRestore(
        Path file, int everyBatches, Duration atMostEvery, boolean deleteAtEnd)
        implements Callback {
    public BackupAndRestore {
        Check.config(
                file.toString().endsWith(".keras"),
                "BackupAndRestore: the file must end in .keras, but is \"%s\".",
                file);
        Check.config(
                everyBatches >= 0,
                "BackupAndRestore: everyBatches must be at least 0, but is %d.",
                everyBatches);
        Check.config(
                !atMostEvery.isNegative(),
                "BackupAndRestore: atMostEvery must not be negative, but is %s.",
                atMostEvery);
    }

    public BackupAndRestore(Path file) {
        this(file, 0, Duration.ZERO, true);
    }

    public BackupAndRestore withEveryBatches(int batches) {
        return new BackupAndRestore(file, batches, atMostEvery, deleteAtEnd);
    }

    public BackupAndRestore withAtMostEvery(Duration time) {
        return new BackupAndRestore(file, everyBatches, time, deleteAtEnd);
    }

    public BackupAndRestore withDeleteAtEnd(boolean delete) {
        return new BackupAndRestore(file, everyBatches, atMostEvery, delete);
    }
}
