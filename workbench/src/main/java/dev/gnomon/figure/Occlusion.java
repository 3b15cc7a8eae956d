package dev.gnomon.figure;

import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.model.Model;
import dev.gnomon.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Where a network looks: how much less sure of its answer it is when a part of the picture is covered. After Zeiler and
/// Fergus, Visualizing and Understanding Convolutional Networks (2014).
///
/// @param cells how many places there are along each side
/// @param drops by place, row by row: how much the score falls when a patch around it is covered; at least 0
public record Occlusion(int cells, List<Double> drops) {
    private static final int CELLS = 13;
    private static final int BATCH = 32;

    /// A patch is so many cells wide.
    private static final double PATCH = 2;

    /// What is looked at in the answers.
    public interface Score {
        /// The score of a row of the answers.
        double of(SequencedMap<String, Tensor> answers, int row);
    }

    /// Covers a picture place by place with its mean value.
    ///
    /// @param picture `[height, width, channels]` or `[height, width]`, as the model takes it
    public static Occlusion of(Model model, Tensor picture, Score score) {
        int height = picture.shape().dim(0);
        int width = picture.shape().dim(1);
        int channels = picture.size() / (height * width);
        float[] values = picture.values();
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        float mean = (float) (sum / values.length);
        float[] covered = new float[(CELLS * CELLS + 1) * values.length];
        for (int i = 0; i <= CELLS * CELLS; i++) {
            System.arraycopy(values, 0, covered, i * values.length, values.length);
        }
        for (int cell = 0; cell < CELLS * CELLS; cell++) {
            int start = (cell + 1) * values.length;
            int top = from(cell / CELLS, height);
            int left = from(cell % CELLS, width);
            int bottom = Math.min(height, to(cell / CELLS, height));
            int right = Math.min(width, to(cell % CELLS, width));
            for (int y = top; y < bottom; y++) {
                int row = start + (y * width + left) * channels;
                Arrays.fill(covered, row, row + (right - left) * channels, mean);
            }
        }
        var dims = new ArrayList<Integer>();
        dims.add(CELLS * CELLS + 1);
        for (int i = 0; i < picture.shape().rank(); i++) {
            dims.add(picture.shape().dim(i));
        }
        var inputs = new LinkedHashMap<String, Column>();
        inputs.put(
                model.inputNames().getFirst(),
                Column.of(covered, dims.stream().mapToInt(Integer::intValue).toArray()));
        var answers = model.predict(Dataset.of(inputs, new LinkedHashMap<>()), BATCH);
        double whole = score.of(answers, 0);
        List<Double> drops = new ArrayList<>();
        for (int cell = 0; cell < CELLS * CELLS; cell++) {
            drops.add(Math.max(0, whole - score.of(answers, cell + 1)));
        }
        return new Occlusion(CELLS, drops);
    }

    private static int from(int cell, int size) {
        return (int) Math.max(0, Math.round((cell + 0.5 - PATCH / 2) * size / CELLS));
    }

    private static int to(int cell, int size) {
        return (int) Math.round((cell + 0.5 + PATCH / 2) * size / CELLS);
    }

    /// Lays the drops over a picture that was drawn at (x, y), the redder the more.
    public void draw(Svg svg, double x, double y, double side) {
        double most = drops.stream().mapToDouble(v -> v).max().orElse(0);
        double cell = side / cells;
        for (int i = 0; i < drops.size(); i++) {
            double part = most > 0 ? drops.get(i) / most : 0;
            if (part > 0.04) {
                int row = i / cells;
                int column = i % cells;
                svg.shade(x + column * cell, y + row * cell, cell, "#d62728", 0.75 * part);
            }
        }
    }
}
