package dev.gnomon.study;

import dev.gnomon.data.AtomicFile;
import dev.gnomon.report.ReportFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Runs the trials of a study in a folder, keeps each result as it comes, and writes the report at the end. A run that was
/// killed goes on with the trial it was in, at the epoch it was in.
public final class StudyRun {
    private static final String CHECKPOINT = ".trial.keras";

    private final Study study;
    private final StudySettings settings;
    private final Path folder;
    private final ResultsFile file;
    private Results results;

    /// A run in a folder, with the results that are there already.
    ///
    /// @param name of the study
    /// @param folder for all files; it is there
    public StudyRun(String name, Study study, StudySettings settings, Path folder) {
        this.study = study;
        this.settings = settings;
        this.folder = folder;
        file = new ResultsFile(folder, settings.identity(name, study.fingerprint()));
        results = file.read();
    }

    /// Whether a run has begun in a folder, or files are there that it would replace.
    public static boolean isIn(Path folder) {
        return Files.exists(ResultsFile.in(folder))
                || ReportFiles.isIn(folder)
                || !checkpoints(folder).isEmpty();
    }

    /// Removes a run from a folder: its results, its trainings and its report.
    public static void clear(Path folder) {
        checkpoints(folder).forEach(StudyRun::delete);
        ReportFiles.delete(folder);
        ResultsFile.delete(folder);
    }

    private static List<Path> checkpoints(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(CHECKPOINT)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    folder + ": cannot be read: " + AtomicFile.reason(e) + ".", e);
        }
    }

    /// The results so far.
    public Results results() {
        return results;
    }

    /// Runs what is left.
    ///
    /// @return whether all is done; false where the thread was interrupted
    public boolean run(StudyWatcher watcher) {
        removeLeftovers();
        file.write(results);
        double seconds = 0;
        double cost = 0;
        while (true) {
            Agenda agenda = study.agenda(results);
            List<Trial> left = left(agenda);
            if (left.isEmpty()) {
                return true;
            }
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            Trial trial = left.getFirst();
            double costLeft = left.stream().mapToDouble(Trial::cost).sum() + agenda.laterCost();
            int count = agenda.trials().size();
            watcher.begins(
                    trial,
                    count - left.size() + 1,
                    count,
                    trial.cost() / costLeft,
                    cost > 0 ? costLeft * seconds / cost : Double.NaN);
            Path checkpoint = checkpoint(trial.id());
            boolean whole = !Files.exists(checkpoint);
            long start = System.nanoTime();
            TrialResult result =
                    trial.work()
                            .run(
                                    new TrialRoom(
                                            settings.threads(),
                                            settings.kernels(),
                                            checkpoint,
                                            watcher));
            if (result == null) {
                return false;
            }
            if (whole) {
                seconds += (System.nanoTime() - start) / 1e9;
                cost += trial.cost();
            }
            results = results.with(result);
            file.write(results);
            delete(checkpoint);
            watcher.ends(
                    trial,
                    result,
                    cost > 0 ? (costLeft - trial.cost()) * seconds / cost : Double.NaN);
        }
    }

    /// What a killed process has left: halves of files, and the training of a trial whose result it had just kept.
    private void removeLeftovers() {
        file.deleteLeftovers();
        results.all().forEach(result -> delete(checkpoint(result.id())));
    }

    private List<Trial> left(Agenda agenda) {
        return agenda.trials().stream().filter(trial -> results.find(trial.id()) == null).toList();
    }

    private Path checkpoint(String id) {
        String name = id.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9=]+", "-") + CHECKPOINT;
        return folder.resolve(name);
    }

    private static void delete(Path checkpoint) {
        try {
            AtomicFile.deleteLeftovers(checkpoint);
            Files.deleteIfExists(checkpoint);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    checkpoint + ": cannot be removed: " + AtomicFile.reason(e) + ".", e);
        }
    }

    /// Writes the report on all results.
    ///
    /// @return the number of pages of the PDF
    public int writeReport() {
        return ReportFiles.write(study.report(results), folder);
    }
}
