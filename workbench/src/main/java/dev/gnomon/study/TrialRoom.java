package dev.gnomon.study;

import dev.gnomon.plan.Plan;
import java.nio.file.Path;

/// What a trial works with.
///
/// @param threads how many threads train
/// @param kernels what computes
/// @param checkpoint the file in which its training is kept, so that it can be gone on with
/// @param watcher who is told how far it is
public record TrialRoom(int threads, Plan.Kernels kernels, Path checkpoint, StudyWatcher watcher) {}
