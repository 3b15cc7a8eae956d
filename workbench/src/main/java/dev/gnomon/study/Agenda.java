package dev.gnomon.study;

import java.util.List;

/// The trials of a study as far as they are known.
///
/// @param trials in the order in which they are run, those that are done included
/// @param laterCost about what trials cost that will only be known by the results of these
public record Agenda(List<Trial> trials, double laterCost) {}
