package dev.gnomon.examples;

import static dev.gnomon.activation.Activation.SIGMOID;

import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.data.Mnist;
import dev.gnomon.data.TrainTest;
import dev.gnomon.layer.Dense;
import dev.gnomon.loss.BinaryCrossentropy;
import dev.gnomon.metric.Metrics;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.train.Fit;
import dev.gnomon.train.History;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// What a trained network sees: its inner vectors, and a new head upon its frozen layers.
final class Embeddings {
    static List<Integer> nearest(Model embed, Column x, int picture) {
        float[][] vectors = embed.predict(x).rows();
        return IntStream.range(0, vectors.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> distance(vectors[i], vectors[picture])))
                .toList()
                .subList(1, 6);
    }

    private static double distance(float[] a, float[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> Math.pow(a[i] - b[i], 2)).sum();
    }

    static Model withNewHead(Model embed) {
        var model = Sequential.of(embed, new Dense(1).withActivation(SIGMOID));
        model.layer(0).freeze(); // also after compile: what is frozen counts at each fit
        model.compile(new Adam(0.01), new BinaryCrossentropy(), Metrics.accuracy());
        return model;
    }

    static History run(Model model, TrainTest mnist, Fit fit) {
        var train = mnist.train();
        int[] odd = Arrays.stream(train.labels().ints()).map(digit -> digit % 2).toArray();
        return model.fit(Dataset.of(train.images(), Column.labels(odd)), fit);
    }

    public static void main(String[] args) {
        var mnist = Mnist.load();
        var embed = Model.load(Path.of("digits.keras")).upTo("dense_1");
        System.out.println(nearest(embed, mnist.test().images(), 0));
        System.out.println(run(withNewHead(embed), mnist, Fit.epochs(2)).series());
    }
}
