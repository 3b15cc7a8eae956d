package dev.gnomon.lint;

import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.layer.AveragePooling2D;
import dev.gnomon.layer.Dropout;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Identity;
import dev.gnomon.layer.KernelLayer;
import dev.gnomon.layer.MaxPooling2D;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.layer.Reshape;
import dev.gnomon.layer.SymbolicTensor;
import dev.gnomon.layer.ZeroPadding2D;
import dev.gnomon.model.Model;
import dev.gnomon.train.LintRule;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rules that look at the samples that go in.
record InputRules(Model model, Dataset data, Findings findings) {
    /// First weights are made for values around 1.
    private static final double FAR = 15;

    /// Values that were scaled are from 0 to 1 or from -1 to 1.
    private static final double SCALED = 1;

    /// A layer that makes values smaller than this scales those of pixels.
    private static final double SMALL = 1 / 50.0;

    void check() {
        Map<SymbolicTensor, ColumnFacts> known = new LinkedHashMap<>();
        for (int i = 0; i < model.inputs().size(); i++) {
            String name = model.inputNames().get(i);
            Column column = column(name);
            if (column != null && column.rows() > 0) {
                ColumnFacts facts = ColumnFacts.of(column);
                input(name, facts);
                known.put(model.inputs().get(i), facts);
            }
        }
        scale(known);
    }

    private @Nullable Column column(String name) {
        Column column = data.inputs().get(name);
        return column == null && data.inputs().size() == 1
                ? data.inputs().firstEntry().getValue()
                : column;
    }

    private void input(String name, ColumnFacts facts) {
        if (facts.notFinite() >= 0) {
            findings.add(
                    LintRule.INPUT_NOT_FINITE,
                    "Input \"%s\": row %d holds NaN or infinity: what is computed from it means nothing, and in"
                            + " training all weights become NaN. Remove such rows, or replace the values.",
                    name,
                    facts.notFinite());
        } else if (facts.least() == facts.most()) {
            findings.add(
                    LintRule.CONSTANT_INPUT,
                    "Input \"%s\": all values that were looked at are %s; there is nothing to learn from. Look at how the"
                            + " data were read.",
                    name,
                    facts.least());
        }
    }

    /// Follows the values through layers that keep their size, to the first weights.
    private void scale(Map<SymbolicTensor, ColumnFacts> known) {
        for (SymbolicTensor tensor : model.tensors()) {
            if (tensor.source() == null || tensor.inputs().size() != 1) {
                continue;
            }
            ColumnFacts facts = known.get(tensor.inputs().getFirst());
            if (facts == null || facts.least() > facts.most()) {
                continue;
            }
            switch (tensor.source().layer()) {
                case Rescaling(double scale, double offset) -> {
                    if (Math.abs(scale) < SMALL
                            && facts.largest() <= SCALED
                            && facts.least() < facts.most()) {
                        findings.add(
                                LintRule.SCALED_TWICE,
                                "\"%s\" multiplies by %.3g, but its values are from %s to %s: they seem to be scaled already."
                                        + " Leave out one of the two.",
                                model.nameOf(tensor),
                                scale,
                                number(facts.least()),
                                number(facts.most()));
                    }
                    known.put(tensor, facts.scaled(scale, offset));
                }
                case Flatten _,
                        Reshape _,
                        Dropout _,
                        Identity _,
                        ZeroPadding2D _,
                        MaxPooling2D _,
                        AveragePooling2D _ ->
                        known.put(tensor, facts);
                case KernelLayer<?> _ -> {
                    if (facts.largest() > FAR) {
                        findings.add(
                                LintRule.UNSCALED_INPUT,
                                "\"%s\" gets values from %s to %s, but first weights are made for values around 1: training"
                                        + " will be slow or diverge. %s",
                                model.nameOf(tensor),
                                number(facts.least()),
                                number(facts.most()),
                                facts.least() >= 0 && facts.most() <= 255
                                        ? "Begin the model with new Rescaling(1 / 255.0), or scale the data."
                                        : "Scale the data, or begin the model with a Rescaling or BatchNormalization"
                                                + " layer.");
                    }
                }
                default -> {}
            }
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : Float.toString((float) value);
    }
}
