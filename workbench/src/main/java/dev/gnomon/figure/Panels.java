package dev.gnomon.figure;

import java.util.ArrayList;
import java.util.List;

/// Several drawings as one.
public final class Panels {
    private static final double GAP = 10;

    private Panels() {}

    /// Drawings in rows of so many.
    public static Svg of(int columns, List<Svg> drawings) {
        List<Double> lefts = new ArrayList<>();
        List<Double> tops = new ArrayList<>();
        double left = 0;
        for (int column = 0; column < columns; column++) {
            lefts.add(left);
            double widest = 0;
            for (int i = column; i < drawings.size(); i += columns) {
                widest = Math.max(widest, drawings.get(i).width());
            }
            left += widest + GAP;
        }
        double top = 0;
        for (int from = 0; from < drawings.size(); from += columns) {
            tops.add(top);
            double highest = 0;
            for (Svg one : drawings.subList(from, Math.min(from + columns, drawings.size()))) {
                highest = Math.max(highest, one.height());
            }
            top += highest + GAP;
        }
        var all = new Svg(left - GAP, top - GAP);
        for (int i = 0; i < drawings.size(); i++) {
            all.place(drawings.get(i), lefts.get(i % columns), tops.get(i / columns));
        }
        return all;
    }
}
