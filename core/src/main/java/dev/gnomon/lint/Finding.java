package dev.gnomon.lint;

import dev.gnomon.train.LintRule;

/// Something that is likely to be wrong.
///
/// @param rule the rule that found it
/// @param sentence what it is and how to mend it
public record Finding(LintRule rule, String sentence) {
    @Override
    public String toString() {
        return sentence + " [" + rule.id() + "]";
    }
}
