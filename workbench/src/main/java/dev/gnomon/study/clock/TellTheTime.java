package dev.gnomon.study.clock;

import dev.gnomon.clock.TimeCodec;
import dev.gnomon.clock.TimeCodecs;
import dev.gnomon.data.ClockDataset;
import dev.gnomon.data.clock.Views;
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

/// In which form should a network tell the time? Every form on the same pictures, parts and seeds: first small pictures, then
/// the forms that did best on large ones. What is best is told by the validation part; the test part only judges.
public final class TellTheTime implements Study {
    public static final String NAME = "tell-the-time";

    private final StudySettings settings;
    private final Extent extent;
    private final ClockPictures pictures;

    /// How much is done.
    ///
    /// @param pictures how many are rendered
    /// @param views from where the clock is seen
    /// @param epochs of each training
    /// @param batch pictures in a step
    /// @param largeForms how many forms are tried on large pictures
    /// @param largeSeeds with how many seeds
    record Extent(
            int pictures, Views views, int epochs, int batch, int largeForms, int largeSeeds) {
        static Extent of(Scale scale, int seeds) {
            return switch (scale) {
                case QUICK -> new Extent(4_000, Views.UPRIGHT, 10, 32, 0, 0);
                case DEFAULT -> new Extent(18_000, Views.ANY, 12, 64, 3, 1);
                case FULL -> new Extent(18_000, Views.ANY, 40, 64, TimeCodecs.all().size(), seeds);
            };
        }
    }

    public TellTheTime(StudySettings settings) {
        this.settings = settings;
        extent = Extent.of(settings.scale(), settings.seeds());
        pictures =
                settings.data() == null
                        ? ClockPictures.rendered(extent.pictures, extent.views, settings.threads())
                        : ClockPictures.of(
                                ClockDataset.read(settings.data()),
                                settings.scale() == Scale.QUICK
                                        ? extent.pictures
                                        : Integer.MAX_VALUE);
    }

    /// The seeds unless told otherwise.
    public static int usualSeeds(Scale scale) {
        return switch (scale) {
            case QUICK -> 1;
            case DEFAULT -> 2;
            case FULL -> 5;
        };
    }

    Extent extent() {
        return extent;
    }

    StudySettings settings() {
        return settings;
    }

    ClockPictures pictures() {
        return pictures;
    }

    @Override
    public Agenda agenda(Results done) {
        List<Trial> trials = new ArrayList<>();
        for (int seed = 1; seed <= settings.seeds(); seed++) {
            for (TimeCodec codec : TimeCodecs.all()) {
                trials.add(trial(codec, ClockPictures.SMALL, seed).trial(pictures));
            }
        }
        if (!pictures.hasLarge()) {
            return new Agenda(trials, 0);
        }
        var small = done.where(ClockTrial.SIZE, ClockPictures.SMALL);
        boolean all = extent.largeForms >= TimeCodecs.all().size();
        boolean known = all || small.size() == trials.size();
        List<TimeCodec> chosen =
                known && !all
                        ? ranked(small).subList(0, extent.largeForms)
                        : TimeCodecs.all().subList(0, extent.largeForms);
        List<Trial> large = new ArrayList<>();
        for (int seed = 1; seed <= extent.largeSeeds; seed++) {
            for (TimeCodec codec : chosen) {
                large.add(trial(codec, ClockPictures.LARGE, seed).trial(pictures));
            }
        }
        if (!known) {
            return new Agenda(trials, large.stream().mapToDouble(Trial::cost).sum());
        }
        trials.addAll(large);
        return new Agenda(trials, 0);
    }

    private ClockTrial trial(TimeCodec codec, int size, int seed) {
        return new ClockTrial(codec, size, seed, extent.epochs, extent.batch);
    }

    /// The forms by their mean error on the validation part, the best first.
    static List<TimeCodec> ranked(Results results) {
        return results.values(ClockTrial.CODEC).stream()
                .sorted(
                        Comparator.comparingDouble(name ->
                                results.where(ClockTrial.CODEC, name)
                                        .figure(ClockTrial.VALIDATION_ERROR)
                                        .mean()))
                .map(TimeCodecs::byName)
                .toList();
    }

    @Override
    public TrialResult best(Results results) {
        return results.all().stream()
                .min(
                        Comparator.comparingDouble(
                                result -> result.figure(ClockTrial.VALIDATION_ERROR)))
                .orElseThrow();
    }

    @Override
    public String fingerprint() {
        return pictures.fingerprint();
    }

    @Override
    public String objective() {
        return ClockTrial.ERROR;
    }

    @Override
    public Report report(Results results) {
        return new TellTheTimeReport(this, results).write();
    }
}
