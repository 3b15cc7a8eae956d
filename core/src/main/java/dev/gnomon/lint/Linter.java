package dev.gnomon.lint;

import dev.gnomon.check.ConfigException;
import dev.gnomon.data.Dataset;
import dev.gnomon.model.Compiled;
import dev.gnomon.model.FitWatch;
import dev.gnomon.model.Model;
import dev.gnomon.train.Callback;
import dev.gnomon.train.Fit;
import dev.gnomon.train.LintRule;
import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Looks at a model, its data and the settings of a training for what is likely to be wrong; [LintRule] lists what.
///
/// `fit` does so by itself and warns through [System.Logger]; `Fit.withoutLint` switches rules off. It looks at some hundred
/// samples and at up to 200,000 labels before the first batch, and at the figures of each epoch.
///
/// ```java
/// Linter.check(model, data, Fit.epochs(5)).forEach(System.out::println);
/// ```
public final class Linter implements FitWatch {
    private static final System.Logger LOG = System.getLogger(Linter.class.getName());

    /// The rules that hold for a trained model too; which scale it has learned, its layers do not tell.
    private static final EnumSet<LintRule> OF_SAMPLES =
            EnumSet.of(LintRule.INPUT_NOT_FINITE, LintRule.SCALED_TWICE);

    /// For the [java.util.ServiceLoader]; others call the static methods.
    public Linter() {}

    /// What is found before anything runs.
    ///
    /// @param data the samples to train on; where the settings split them, they are split here too
    public static List<Finding> check(Model model, Dataset data, Fit settings) {
        double split = settings.validation().split();
        int kept = (int) Math.floor(data.size() * (1 - split));
        return split > 0
                ? check(model, data.take(kept), data.skip(kept), settings)
                : check(model, data, settings.validation().data(), settings);
    }

    private static List<Finding> check(
            Model model, Dataset data, @Nullable Dataset validation, Fit settings) {
        Compiled compiled = model.compiled();
        if (compiled == null) {
            throw new ConfigException("The model is not compiled; compile it first.");
        }
        var findings = new Findings(settings.lintOff());
        new InputRules(model, data, findings).check();
        new LabelRules(model, compiled, data, validation, settings, findings).check();
        new ModelRules(model, compiled, data, findings).check();
        return findings.list();
    }

    /// As [#check], and runs the model on some samples, to see whether its rectifiers are alive.
    public static List<Finding> probe(Model model, Dataset data, Fit settings) {
        var findings = new Findings(settings.lintOff());
        String dead = DeadUnits.find(model, data);
        if (dead != null) {
            findings.add(LintRule.DEAD_RELU, "%s", DeadUnits.sentence(dead));
        }
        return java.util.stream.Stream.concat(
                        check(model, data, settings).stream(), findings.list().stream())
                .toList();
    }

    /// What is found in samples that a model is to answer for: NaN, infinity, or values that were scaled before.
    ///
    /// @param samples as `predict` gets them; some hundred are looked at
    public static List<Finding> samples(Model model, Dataset samples) {
        var findings = new Findings(EnumSet.complementOf(OF_SAMPLES));
        new InputRules(model, samples, findings).check();
        return findings.list();
    }

    /// A callback that tells what is found, when a training begins and while it goes on.
    ///
    /// @param data the samples as `fit` gets them
    /// @param settings as `fit` gets them, but for callbacks
    public static Callback callback(
            Model model, Dataset data, Fit settings, Consumer<Finding> told) {
        return new TrainingRules(
                model, data, () -> check(model, data, settings), settings.lintOff(), told);
    }

    @Override
    public @Nullable Callback begin(
            Model model, @Nullable Dataset data, @Nullable Dataset validation, Fit settings) {
        if (settings.lintOff().size() == LintRule.values().length) {
            return null;
        }
        Consumer<Finding> told = finding -> LOG.log(Level.WARNING, finding.toString());
        return new TrainingRules(
                model,
                data,
                () -> data == null ? List.of() : check(model, data, validation, settings),
                settings.lintOff(),
                told);
    }
}
