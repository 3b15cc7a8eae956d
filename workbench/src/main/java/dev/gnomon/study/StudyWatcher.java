package dev.gnomon.study;

/// Is told how far a study is, on the thread that runs it.
public interface StudyWatcher {
    /// A trial begins.
    ///
    /// @param number of the trial, from 1
    /// @param count of all trials known by now
    /// @param share which part of the work that is left it is, 0 to 1
    /// @param secondsLeft about how long the study still takes, this trial included; NaN where nothing is known yet
    default void begins(Trial trial, int number, int count, double share, double secondsLeft) {}

    /// A trial's training begins, or goes on after so many epochs.
    default void trains(int done, int count) {}

    /// So many of a trial's epochs are done.
    default void epochs(int done, int count) {}

    /// Something is made ready for a trial, such as its pictures.
    ///
    /// @param what in a few words
    default void prepares(String what, int done, int count) {}

    /// A trial is done and kept.
    ///
    /// @param secondsLeft about how long the study still takes; NaN where nothing is known yet
    default void ends(Trial trial, TrialResult result, double secondsLeft) {}
}
