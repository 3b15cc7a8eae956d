package dev.gnomon.lint;

import dev.gnomon.train.LintRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Collects what is found, but for rules that are switched off.
@SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
final class Findings {
    private final Set<LintRule> off;
    private final List<Finding> found = new ArrayList<>();

    Findings(Set<LintRule> off) {
        this.off = off;
    }

    void add(LintRule rule, String sentence, Object... values) {
        if (!off.contains(rule)) {
            found.add(new Finding(rule, String.format(Locale.ROOT, sentence, values)));
        }
    }

    List<Finding> list() {
        return List.copyOf(found);
    }
}
