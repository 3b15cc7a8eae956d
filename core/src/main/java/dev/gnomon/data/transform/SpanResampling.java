package dev.gnomon.data.transform;

/// Resizing by a kernel of any width, as TensorFlow's `ScaleAndTranslate` does it: each place of the result is a weighted
/// mean of a span of the source, first down the columns, then along the lines.
final class SpanResampling {
    private static final float SMALLEST_SUM = 1000 * Float.MIN_NORMAL;

    /// How much a pixel weighs by its distance from the place.
    private interface Kernel {
        double weight(double distance);
    }

    /// The first pixels that places are made of, and the weights of those and the following.
    @SuppressWarnings("ArrayRecordComponent")
    private record Spans(int[] starts, float[][] weights) {}

    private SpanResampling() {}

    static Transform.Change of(Picture from, Resize to) {
        return switch (to.interpolation()) {
            case LANCZOS3 -> of(from, to, 3, x -> lanczos(x, 3));
            case LANCZOS5 -> of(from, to, 5, x -> lanczos(x, 5));
            case GAUSSIAN -> of(from, to, 1.5, x -> Math.exp(-2 * x * x));
            case MITCHELL_CUBIC -> of(from, to, 2, SpanResampling::mitchell);
            default -> throw new AssertionError(to.interpolation());
        };
    }

    private static double lanczos(double x, double radius) {
        double angle = Math.PI * x;
        return x <= 1e-3
                ? 1
                : radius * Math.sin(angle) * Math.sin(angle / radius) / (angle * angle);
    }

    /// Mitchell and Netravali's cubic with B = C = 1/3.
    private static double mitchell(double x) {
        return x >= 1
                ? ((-7.0 / 18 * x + 2) * x - 10.0 / 3) * x + 16.0 / 9
                : (7.0 / 6 * x - 2) * x * x + 8.0 / 9;
    }

    private static Spans spans(int size, int wanted, double radius, Kernel kernel) {
        float scale = 1 / (wanted / (float) size);
        var spans = new Spans(new int[wanted], new float[wanted][]);
        for (int i = 0; i < wanted; i++) {
            float place = (i + 0.5f) * scale;
            int start = Math.clamp((int) Math.ceil(place - radius - 0.5), 0, size - 1);
            int end = Math.clamp((int) Math.floor(place + radius - 0.5), 0, size - 1);
            float[] weights = new float[end - start + 1];
            float sum = 0;
            for (int k = 0; k < weights.length; k++) {
                double distance = Math.abs(start + k + 0.5f - place);
                weights[k] = distance >= radius ? 0 : (float) kernel.weight(distance);
                sum += weights[k];
            }
            float whole = Math.abs(sum) < SMALLEST_SUM ? 0 : 1 / sum;
            for (int k = 0; k < weights.length; k++) {
                weights[k] *= whole;
            }
            spans.starts[i] = start;
            spans.weights[i] = weights;
        }
        return spans;
    }

    private static Transform.Change of(Picture from, Resize to, double radius, Kernel kernel) {
        var rows = spans(from.height(), to.height(), radius, kernel);
        var columns = spans(from.width(), to.width(), radius, kernel);
        int channels = from.channels();
        return (source, target) -> {
            float[] line = new float[from.line()];
            int at = 0;
            for (int y = 0; y < to.height(); y++) {
                gather(source, rows.starts[y] * from.line(), rows.weights[y], from.line(), line);
                for (int x = 0; x < to.width(); x++) {
                    for (int c = 0; c < channels; c++) {
                        float sum = 0;
                        int place = columns.starts[x] * channels + c;
                        for (float weight : columns.weights[x]) {
                            sum += line[place] * weight;
                            place += channels;
                        }
                        target[at++] = sum;
                    }
                }
            }
        };
    }

    /// The weighted sum of lines that follow each other.
    private static void gather(
            float[] source, int start, float[] weights, int length, float[] sum) {
        java.util.Arrays.fill(sum, 0);
        for (int k = 0; k < weights.length; k++) {
            for (int i = 0; i < length; i++) {
                sum[i] += source[start + k * length + i] * weights[k];
            }
        }
    }
}
