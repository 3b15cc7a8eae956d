package dev.gnomon.cli;

import dev.gnomon.check.ConfigException;
import dev.gnomon.data.Dataset;
import dev.gnomon.lint.Linter;
import dev.gnomon.model.Model;
import dev.gnomon.train.Fit;
import dev.gnomon.train.LintRule;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/// Which rules of the set-up linter are switched off, and how findings are told.
final class LintOptions {
    private static final String ALL = "all";

    @Option(
            names = "--lint-off",
            split = ",",
            paramLabel = "RULE",
            description = "Rules of the set-up linter to leave out, or all.")
    private List<String> off = List.of();

    Set<LintRule> off() {
        var rules = EnumSet.noneOf(LintRule.class);
        for (String id : off) {
            if (id.equals(ALL)) {
                return EnumSet.allOf(LintRule.class);
            }
            rules.add(
                    LintRule.byId(id)
                            .orElseThrow(() ->
                                    new ConfigException(
                                            "--lint-off: there is no rule \""
                                                    + id
                                                    + "\"; there are all, "
                                                    + Arrays.stream(LintRule.values())
                                                            .map(LintRule::id)
                                                            .collect(Collectors.joining(", "))
                                                    + ".")));
        }
        return rules;
    }

    /// The settings without the rules that are switched off.
    Fit without(Fit fit) {
        return off().isEmpty() ? fit : fit.withoutLint(off());
    }

    /// Warns of what is found now and while the training goes on, beside the output.
    Fit watched(Fit fit, Model model, Dataset data, Output output) {
        return fit.withCallbacks(Linter.callback(model, data, without(fit), output::warn))
                .withoutLint();
    }
}
