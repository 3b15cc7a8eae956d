package dev.gnomon.study.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.clock.TimeCodec;
import dev.gnomon.clock.TimeCodecs;
import dev.gnomon.plan.Plan;
import dev.gnomon.study.Results;
import dev.gnomon.study.Scale;
import dev.gnomon.study.StudySettings;
import dev.gnomon.study.Trial;
import dev.gnomon.study.TrialResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Which trainings there are, and which are chosen by the results of others.
class TellTheTimeTest {
    private static final int FORMS = TimeCodecs.all().size();

    private static TellTheTime study(Scale scale) {
        return new TellTheTime(
                new StudySettings(
                        scale,
                        TellTheTime.usualSeeds(scale),
                        null,
                        null,
                        1,
                        Plan.Kernels.REFERENCE));
    }

    /// Results of trials: the later a form is in the list of forms, the better it is.
    private static Results results(List<Trial> trials) {
        List<TrialResult> all = new ArrayList<>();
        var names = TimeCodecs.all().stream().map(TimeCodec::name).toList();
        for (Trial trial : trials) {
            double error = FORMS - names.indexOf(trial.factors().get(ClockTrial.CODEC));
            all.add(
                    new TrialResult(
                            trial.factors(),
                            new LinkedHashMap<>(
                                    Map.of(
                                            ClockTrial.VALIDATION_ERROR,
                                            error,
                                            ClockTrial.ERROR,
                                            error)),
                            new LinkedHashMap<>()));
        }
        return new Results(all);
    }

    private static List<String> forms(List<Trial> trials) {
        return trials.stream().map(trial -> trial.factors().get(ClockTrial.CODEC)).toList();
    }

    @Test
    void theBestOnSmallPicturesAreTriedOnLargeOnes() {
        var study = study(Scale.DEFAULT);
        var first = study.agenda(Results.NONE);
        assertThat(first.trials()).hasSize(2 * FORMS);
        assertThat(first.laterCost()).isPositive();
        var most = results(first.trials().subList(1, 2 * FORMS));
        assertThat(study.agenda(most).trials()).hasSize(2 * FORMS);

        var small = results(first.trials());
        var second = study.agenda(small);
        var large = second.trials().subList(2 * FORMS, second.trials().size());
        var names = TimeCodecs.all().stream().map(TimeCodec::name).toList();
        assertThat(forms(large)).isEqualTo(names.reversed().subList(0, 3));
        assertThat(second.laterCost()).isZero();
        assertThat(large.stream().mapToDouble(Trial::cost).sum()).isEqualTo(first.laterCost());
        var oneMore = new ArrayList<>(first.trials());
        oneMore.add(large.getFirst());
        assertThat(forms(study.agenda(results(oneMore)).trials()))
                .isEqualTo(forms(second.trials()));
    }

    @Test
    void theWholeStudyIsKnownFromTheBeginning() {
        var study = study(Scale.FULL);
        var agenda = study.agenda(Results.NONE);
        assertThat(agenda.trials()).hasSize(2 * 5 * FORMS);
        assertThat(agenda.laterCost()).isZero();
        assertThat(forms(study.agenda(results(agenda.trials())).trials()))
                .isEqualTo(forms(agenda.trials()));
    }

    @Test
    void theFirstLookHasSmallPicturesOnly() {
        assertThat(study(Scale.QUICK).agenda(Results.NONE).trials()).hasSize(FORMS);
    }
}
