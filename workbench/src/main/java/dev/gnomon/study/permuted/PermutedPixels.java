package dev.gnomon.study.permuted;

import dev.gnomon.report.Report;
import dev.gnomon.study.Agenda;
import dev.gnomon.study.Results;
import dev.gnomon.study.Scale;
import dev.gnomon.study.Study;
import dev.gnomon.study.StudySettings;
import dev.gnomon.study.Trial;
import dev.gnomon.study.TrialResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Does a network of Dense layers not notice when all pictures have their pixels in the same random order, and does a
/// network of convolutions suffer? Both networks on plain and permuted pictures of three sets, with the same seeds.
public final class PermutedPixels implements Study {
    public static final String NAME = "permuted-pixels";

    private final StudySettings settings;
    private final Extent extent;
    private final PermutedPictures pictures;

    /// How much is done.
    ///
    /// @param pictures how many training pictures of each set are used at most, a tenth of them to validate with
    /// @param epochs of each training at most
    /// @param patience how many epochs without a smaller validation loss end it
    /// @param batch pictures in a step
    record Extent(int pictures, int epochs, int patience, int batch) {
        static Extent of(Scale scale) {
            return switch (scale) {
                case QUICK -> new Extent(6_000, 6, 3, 64);
                case DEFAULT -> new Extent(Integer.MAX_VALUE, 10, 2, 128);
                case FULL -> new Extent(Integer.MAX_VALUE, 30, 5, 128);
            };
        }
    }

    public PermutedPixels(StudySettings settings) {
        this(
                settings,
                Extent.of(settings.scale()),
                PermutedPictures.known(settings, Extent.of(settings.scale()).pictures));
    }

    PermutedPixels(StudySettings settings, Extent extent, PermutedPictures pictures) {
        this.settings = settings;
        this.extent = extent;
        this.pictures = pictures;
    }

    /// The seeds unless told otherwise.
    public static int usualSeeds(Scale scale) {
        return switch (scale) {
            case QUICK -> 3;
            case DEFAULT -> 5;
            case FULL -> 10;
        };
    }

    Extent extent() {
        return extent;
    }

    StudySettings settings() {
        return settings;
    }

    PermutedPictures pictures() {
        return pictures;
    }

    /// Every network on every set, plain and permuted.
    List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (String set : pictures.names()) {
            for (Network network : Network.values()) {
                cells.add(new Cell(set, network, false));
                cells.add(new Cell(set, network, true));
            }
        }
        return cells;
    }

    @Override
    public Agenda agenda(Results done) {
        List<Trial> trials = new ArrayList<>();
        for (int seed = 1; seed <= settings.seeds(); seed++) {
            for (Cell cell : cells()) {
                trials.add(new PermutedTrial(cell, seed, extent).trial(pictures));
            }
        }
        return new Agenda(trials, 0);
    }

    /// The training of the least validation loss: of the set that is easiest, since sets are not compared here.
    @Override
    public TrialResult best(Results results) {
        return results.all().stream()
                .min(
                        Comparator.comparingDouble(
                                result -> result.figure(PermutedTrial.VALIDATION_LOSS)))
                .orElseThrow();
    }

    @Override
    public String fingerprint() {
        return pictures.fingerprint();
    }

    @Override
    public String objective() {
        return PermutedTrial.LOSS;
    }

    @Override
    public Report report(Results results) {
        return new PermutedReport(this, results).write();
    }
}
