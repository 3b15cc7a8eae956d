package dev.gnomon.cli;

import dev.gnomon.data.ClockDataset;
import dev.gnomon.figure.Occlusion;
import dev.gnomon.figure.Panels;
import dev.gnomon.figure.Sheet;
import dev.gnomon.figure.Svg;
import dev.gnomon.figure.Svg.Anchor;
import dev.gnomon.model.Model;
import dev.gnomon.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/// Draws how a model read clocks: where it found dial and hands, and which parts of the picture it needs for its answer.
final class ClockLook {
    private static final double SIDE = 210;
    private static final int COLUMNS = 2;
    private static final List<String> NUMERALS = List.of("12", "3", "6", "9");
    private static final String HOUR = "#e69f00";
    private static final String MINUTE = "#0072b2";
    private static final String DIAL = "#009e73";

    private ClockLook() {}

    /// All pictures, two beside each other.
    ///
    /// @param pictures `[n, height, width, …]`
    /// @param seen the parts of them that were read, as the model takes them
    static Svg of(
            Model model,
            List<String> names,
            Tensor pictures,
            Tensor seen,
            SequencedMap<String, Tensor> outputs) {
        List<Svg> panels = new ArrayList<>();
        for (int row = 0; row < names.size(); row++) {
            panels.add(
                    panel(
                            model,
                            names.get(row),
                            ClockLooks.row(pictures, row),
                            ClockLooks.row(seen, row),
                            outputs,
                            row));
        }
        return Panels.of(Math.min(COLUMNS, panels.size()), panels);
    }

    private static Svg panel(
            Model model,
            String name,
            Tensor picture,
            Tensor seen,
            SequencedMap<String, Tensor> outputs,
            int row) {
        var answer = ClockAnswer.of(outputs, row);
        var svg = new Svg(2 * SIDE + 6, SIDE + 34);
        String words =
                Double.isNaN(answer.confidence())
                        ? answer.timeText()
                        : String.format(
                                Locale.ROOT,
                                "%s  (%.0f %% sure)",
                                answer.timeText(),
                                100 * answer.confidence());
        svg.text(0, 13, words, Anchor.START, 13, "#222222");
        svg.text(2 * SIDE + 6, 13, name, Anchor.END, 10, "#666666");
        svg.picture(0, 18, SIDE, SIDE, Sheet.base64(grey(picture)));
        svg.picture(SIDE + 6, 18, SIDE, SIDE, Sheet.base64(grey(seen)));
        Tensor points = outputs.get(ClockDataset.POINTS);
        if (points != null && answer.isTold()) {
            int width = points.shape().last();
            drawPoints(svg, points.values(), row * width, width);
            svg.text(0, SIDE + 30, "where it finds dial and hands", Anchor.START, 9.5, "#666666");
        }
        Occlusion.of(
                        model,
                        seen,
                        (answers, one) -> ClockAnswer.confidence(answers, one, answer.time()))
                .draw(svg, SIDE + 6, 18, SIDE);
        svg.text(
                SIDE + 6,
                SIDE + 30,
                "redder: less sure when this is covered",
                Anchor.START,
                9.5,
                "#666666");
        return svg;
    }

    private static BufferedImage grey(Tensor picture) {
        int height = picture.shape().dim(0);
        int width = picture.shape().dim(1);
        int channels = picture.size() / (height * width);
        int[] pixels = new int[height * width];
        for (int i = 0; i < pixels.length; i++) {
            float sum = 0;
            for (int channel = 0; channel < channels; channel++) {
                sum += picture.values()[i * channels + channel];
            }
            pixels[i] = Math.clamp(Math.round(sum / channels), 0, 255);
        }
        return Sheet.grey(pixels, width, Math.max(1, 300 / width));
    }

    /// Centre, numerals, tips: two values each, in units of the picture's size.
    private static void drawPoints(Svg svg, float[] values, int from, int count) {
        double[] x = new double[count / 2];
        double[] y = new double[count / 2];
        for (int i = 0; i < x.length; i++) {
            x[i] = SIDE * Math.clamp(values[from + 2 * i], 0, 1);
            y[i] = 18 + SIDE * Math.clamp(values[from + 2 * i + 1], 0, 1);
        }
        int hour = x.length - 2;
        int minute = x.length - 1;
        for (int i = 1; i < hour; i++) {
            svg.circle(x[i], y[i], 3, DIAL);
            svg.text(x[i] + 5, y[i] + 4, NUMERALS.get(i - 1), Anchor.START, 11, DIAL);
        }
        svg.line(x[0], y[0], x[hour], y[hour], HOUR, 3);
        svg.line(x[0], y[0], x[minute], y[minute], MINUTE, 2);
        svg.circle(x[0], y[0], 3, DIAL);
    }
}
