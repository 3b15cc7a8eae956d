package dev.gnomon.model;

import dev.gnomon.check.ConfigException;
import dev.gnomon.check.GnomonException;
import dev.gnomon.data.AtomicFile;
import dev.gnomon.train.BackupAndRestore;
import dev.gnomon.train.Callback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.util.List;

/// Writes the files of a run's [BackupAndRestore] settings, and goes on from them.
final class Backups {
    private static final System.Logger LOG = System.getLogger(Backups.class.getName());

    /// A backup is not due before so many times the time that the last one took have passed.
    private static final int LEAST_WORK = 20;

    private final FitRun run;
    private final List<BackupAndRestore> wanted;
    private final long[] next;
    private boolean restored;

    Backups(FitRun run, List<Callback> callbacks) {
        this.run = run;
        this.wanted =
                callbacks.stream()
                        .filter(BackupAndRestore.class::isInstance)
                        .map(BackupAndRestore.class::cast)
                        .toList();
        this.next = new long[wanted.size()];
        long now = System.nanoTime();
        for (int i = 0; i < next.length; i++) {
            next[i] = now + wanted.get(i).atMostEvery().toNanos();
        }
    }

    /// Goes on from the first file that is there; false where there is none.
    boolean restore() {
        for (BackupAndRestore backup : wanted) {
            try {
                if (run.restore(backup.file())) {
                    AtomicFile.deleteLeftovers(backup.file());
                    restored = true;
                    return true;
                }
            } catch (GnomonException e) {
                throw new ConfigException(
                        "BackupAndRestore: the run cannot go on from "
                                + backup.file()
                                + ": "
                                + e.getMessage()
                                + " Name another file, or remove this one to begin anew.",
                        e);
            }
        }
        return false;
    }

    /// A run that begins is written at once: what cannot be written is told now, and nothing older is taken for it.
    void begun() {
        if (!restored) {
            interrupted();
        }
    }

    void afterBatch(int batch) {
        for (int i = 0; i < wanted.size(); i++) {
            int every = wanted.get(i).everyBatches();
            if (every > 0 && batch % every == 0) {
                writeWhenDue(i);
            }
        }
    }

    void afterEpoch() {
        for (int i = 0; i < wanted.size(); i++) {
            writeWhenDue(i);
        }
    }

    /// The run is to go on later from where it is now.
    void interrupted() {
        for (BackupAndRestore backup : wanted) {
            run.backup(backup.file());
        }
    }

    void ended() {
        for (BackupAndRestore backup : wanted) {
            AtomicFile.deleteLeftovers(backup.file());
            if (backup.deleteAtEnd()) {
                delete(backup);
            }
        }
    }

    private static void delete(BackupAndRestore backup) {
        try {
            Files.deleteIfExists(backup.file());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "BackupAndRestore: "
                            + backup.file()
                            + " cannot be removed: "
                            + AtomicFile.reason(e)
                            + ".",
                    e);
        }
    }

    /// There is a backup since the beginning: the work of hours does not end for want of room for the next.
    private void writeWhenDue(int i) {
        BackupAndRestore backup = wanted.get(i);
        long begin = System.nanoTime();
        boolean timed = !backup.atMostEvery().isZero();
        if (timed && begin < next[i]) {
            return;
        }
        try {
            run.backup(backup.file());
        } catch (UncheckedIOException e) {
            LOG.log(Level.WARNING, "BackupAndRestore: " + e.getMessage());
        }
        long now = System.nanoTime();
        next[i] = now + Math.max(backup.atMostEvery().toNanos(), LEAST_WORK * (now - begin));
    }
}
