package dev.gnomon.study;

import dev.gnomon.report.Report;

/// A question that is answered by many trainings. A study knows its trials and what their results say; how they are run,
/// kept, and gone on with after a stop is the same for all ([StudyRun]).
public interface Study {
    /// What is to be done, as far as the results so far tell.
    Agenda agenda(Results done);

    /// The report, made of nothing but the results, the settings and the data: so it is the same however often the study
    /// was stopped.
    Report report(Results results);

    /// The trial that did best.
    TrialResult best(Results results);

    /// Tells data from other data, so that results of both are not mixed; empty where the settings say what the data are.
    default String fingerprint() {
        return "";
    }

    /// The figure that is to be small in [#best].
    String objective();
}
