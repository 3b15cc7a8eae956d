package dev.gnomon.study.permuted;

import static dev.gnomon.report.Texts.text;

import dev.gnomon.study.Paired;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What the results say, in sentences. Each sentence holds the numbers that it rests on, and follows them where they turn out
/// otherwise.
final class PermutedAnswers {
    private final PermutedEvidence evidence;
    private final PermutedFigures figures;

    PermutedAnswers(PermutedEvidence evidence, PermutedFigures figures) {
        this.evidence = evidence;
        this.figures = figures;
    }

    private String eachSet(Function<String, String> say) {
        return String.join(
                "; ",
                evidence.sets().stream()
                        .map(set -> PermutedPictures.title(set) + ": " + say.apply(set))
                        .toList());
    }

    private String accuracies(String set, Network network) {
        return text(
                "%s → %s %%",
                evidence.percent(new Cell(set, network, false), PermutedTrial.ACCURACY).text(2),
                evidence.percent(new Cell(set, network, true), PermutedTrial.ACCURACY).text(2));
    }

    List<String> findings() {
        List<String> all = new ArrayList<>();
        all.add("**In short.** " + inShort(Network.MLP) + " " + inShort(Network.CNN));
        for (Network network : Network.values()) {
            all.add(
                    text(
                            "**%s, from plain to permuted pictures.** %s.",
                            network,
                            eachSet(set ->
                                    accuracies(set, network)
                                            + " ("
                                            + Verdict.of("it", evidence.change(set, network))
                                            + ")")));
        }
        all.add(
                "**The CNN against the MLP.** "
                        + eachSet(set -> Verdict.ofInteraction(evidence.interaction(set)))
                        + ".");
        all.add(text("**Who is ahead?** %s.", eachSet(this::leads)));
        return all;
    }

    /// On how many sets a network loses or gains in a way that is shown.
    private String inShort(Network network) {
        int sets = evidence.sets().size();
        var shown =
                evidence.sets().stream()
                        .map(set -> evidence.change(set, network))
                        .filter(Paired::isShown)
                        .toList();
        if (shown.isEmpty()) {
            return text("For the %s no change is shown on any set.", network);
        }
        var means = shown.stream().mapToDouble(Paired::mean).summaryStatistics();
        return text(
                "The %s changes on %d of %d sets, by %+.2f to %+.2f points.",
                network, shown.size(), sets, means.getMax(), means.getMin());
    }

    private String leads(String set) {
        return lead(evidence.lead(set, false))
                + " on plain pictures, "
                + lead(evidence.lead(set, true))
                + " on permuted ones";
    }

    private static String lead(Paired lead) {
        boolean clear = lead.count() < 2 || lead.isShown();
        return clear
                ? text(
                        "the %s by %.2f points",
                        lead.mean() > 0 ? Network.CNN : Network.MLP, Math.abs(lead.mean()))
                : "neither (not to be told apart)";
    }

    List<String> reasons() {
        List<String> all = new ArrayList<>();
        all.add(
                "**What the pictures lose.** A pixel tells of the one beside it this share of its variance, before and after the"
                        + " permutation: "
                        + eachSet(set ->
                                text(
                                        "%.2f → %.2f",
                                        figures.told(set, false).getFirst(),
                                        figures.told(set, true).getFirst()))
                        + ". A convolution looks at 3×3 neighbours and at nothing else; once neighbours are any nine pixels, what it"
                        + " finds at one place means nothing at another, and the pooling after it mixes pixels that have nothing to"
                        + " do with each other.");
        all.add(
                "**What the MLP's first layer learns.** The correlation between neighbouring weights of what training added"
                        + " (those of pixels that are always dark left out), on plain pictures, on permuted ones, and on these with the pixels back at their places: "
                        + eachSet(this::weights)
                        + ". "
                        + sameWeights());
        all.add(
                "**What the CNN's filters learn.** The correlation between neighbouring weights of its first filters, on plain and on"
                        + " permuted pictures: "
                        + eachSet(set ->
                                text(
                                        "%.2f and %.2f",
                                        neighbours(set, Network.CNN, false),
                                        neighbours(set, Network.CNN, true)))
                        + ".");
        return all;
    }

    private double neighbours(String set, Network network, boolean permuted) {
        return evidence.figure(new Cell(set, network, permuted), PermutedTrial.NEIGHBOURS).mean();
    }

    private double undone(String set) {
        return evidence.figure(new Cell(set, Network.MLP, true), PermutedTrial.NEIGHBOURS_UNDONE)
                .mean();
    }

    private String weights(String set) {
        return text(
                "%.2f, %.2f, %.2f",
                neighbours(set, Network.MLP, false),
                neighbours(set, Network.MLP, true),
                undone(set));
    }

    private String sameWeights() {
        boolean same =
                evidence.sets().stream()
                        .allMatch(set ->
                                Math.abs(undone(set) - neighbours(set, Network.MLP, false)) < 0.1
                                        && Math.abs(undone(set)) > 0.1);
        return same
                ? "It learns patterns of the same kind, only at other places: a Dense layer has a weight of its own for each pixel and does not"
                        + " know where the pixel is, so a permuted picture is to it the same question with its inputs renamed."
                : "Were the patterns the same at other places, the first and the last number would agree; here they do not on every"
                        + " set.";
    }

    List<String> answers() {
        List<String> all = new ArrayList<>();
        all.add("**Are the MLP's accuracies almost the same?** " + mlp());
        all.add("**Do convolutional networks perform much worse?** " + cnn());
        all.add(
                text(
                        "**Is the permutation the same in all parts?** Validation and test accuracy of a cell differ by at most %.2f"
                                + " points on plain pictures and by at most %.2f on permuted ones (the validation part has %,d pictures or"
                                + " fewer). A test part in another order than the training part would show as a larger gap on permuted"
                                + " pictures.",
                        evidence.largestGap(false),
                        evidence.largestGap(true),
                        evidence.sets().stream()
                                .mapToInt(set ->
                                        evidence.study().pictures().of(set).validation().size())
                                .max()
                                .orElse(0)));
        return all;
    }

    private String mlp() {
        var sets = evidence.sets();
        int seeds = evidence.study().settings().seeds();
        var hurt =
                sets.stream()
                        .filter(set -> {
                            Paired change = evidence.change(set, Network.MLP);
                            return change.isShown() && !change.isWithin(Verdict.MARGIN);
                        })
                        .map(PermutedPictures::title)
                        .toList();
        var within =
                sets.stream()
                        .filter(set -> evidence.change(set, Network.MLP).isWithin(Verdict.MARGIN))
                        .toList();
        String numbers =
                eachSet(set -> {
                    Paired change = evidence.change(set, Network.MLP);
                    return text("%+.2f points (%s)", change.mean(), Verdict.interval(change));
                });
        String word;
        if (within.size() == sets.size()) {
            word =
                    "Yes: on every set the 95 % interval of the difference lies within a point of 0.";
        } else if (hurt.isEmpty()) {
            word =
                    text(
                            "As far as %d %s: no difference of a point is shown on any set, and on %d of %d the 95 %% interval"
                                    + " lies within a point of 0.",
                            seeds,
                            seeds == 1 ? "seed tells" : "seeds tell",
                            within.size(),
                            sets.size());
        } else {
            word = "Not on " + String.join(", ", hurt) + ".";
        }
        return word
                + " "
                + numbers
                + ". In theory they are equal: the first weights are drawn alike for all pixels, so the permuted training is the plain"
                + " one with another draw; another seed is another draw too.";
    }

    private String cnn() {
        var sets = evidence.sets();
        var worse =
                sets.stream()
                        .filter(set -> {
                            Paired change = evidence.change(set, Network.CNN);
                            return change.isShown() && change.mean() < 0;
                        })
                        .toList();
        String first =
                worse.size() == sets.size()
                        ? "Yes, worse on every set"
                        : text("Shown to be worse on %d of %d sets", worse.size(), sets.size());
        String errors =
                eachSet(set ->
                        text(
                                "%.2f → %.2f %%",
                                error(set, Network.CNN, false), error(set, Network.CNN, true)));
        return first
                + ". Its error goes from plain to permuted pictures "
                + errors
                + " (the MLP's on permuted pictures: "
                + eachSet(set -> text("%.2f %%", error(set, Network.MLP, true)))
                + "). "
                + left();
    }

    private double error(String set, Network network, boolean permuted) {
        return 100
                - evidence.percent(new Cell(set, network, permuted), PermutedTrial.ACCURACY).mean();
    }

    /// What is left of the CNN on permuted pictures, beside the MLP.
    private String left() {
        List<String> behind = new ArrayList<>();
        List<String> ahead = new ArrayList<>();
        for (String set : evidence.sets()) {
            Paired lead = evidence.lead(set, true);
            if (lead.isShown()) {
                (lead.mean() < 0 ? behind : ahead).add(PermutedPictures.title(set));
            }
        }
        double least =
                evidence.sets().stream()
                        .mapToDouble(set -> 100 - error(set, Network.CNN, true))
                        .min()
                        .orElse(Double.NaN);
        return text(
                "On permuted pictures it is shown to be behind the MLP on %s, ahead on %s. It reaches %.1f %% or more, where guessing gives"
                        + " 10 %%: its Dense layers still see every place, and a random neighbourhood is an input like any other.",
                names(behind), names(ahead), least);
    }

    private static String names(List<String> sets) {
        return sets.isEmpty() ? "no set" : String.join(" and ", sets);
    }
}
