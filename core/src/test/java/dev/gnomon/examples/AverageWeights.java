package dev.gnomon.examples;

import dev.gnomon.tensor.Tensor;
import dev.gnomon.train.Callback;
import dev.gnomon.train.Logs;
import dev.gnomon.train.Training;
import java.util.LinkedHashMap;

/// Keeps a running mean of the weights, epoch by epoch, and gives it to the model at the end.
///
/// @param decay how much of the mean is kept, 0 to 1
public record AverageWeights(double decay) implements Callback {
    @Override
    public void onEpochEnd(Training training, int epoch, Logs logs) {
        var mean = training.weights();
        var before = training.state().tensors("mean");
        if (before != null) {
            var next = new LinkedHashMap<String, Tensor>();
            mean.forEach((path, now) -> next.put(path, mix(before.getOrDefault(path, now), now)));
            mean = next;
        }
        training.state().put("mean", mean);
    }

    @Override
    public void onTrainEnd(Training training) {
        var mean = training.state().tensors("mean");
        if (mean != null) {
            training.weights(mean);
        }
    }

    private Tensor mix(Tensor before, Tensor now) {
        var values = new float[now.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (decay * before.values()[i] + (1 - decay) * now.values()[i]);
        }
        return new Tensor(now.shape(), values);
    }
}
