package dev.gnomon.model;

import dev.gnomon.check.DataException;
import dev.gnomon.data.Batch;
import dev.gnomon.data.Batches;
import dev.gnomon.data.Dataset;
import dev.gnomon.plan.Plan;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import dev.gnomon.train.Callback;
import dev.gnomon.train.Logs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Evaluates a model and predicts with it, batch by batch.
record Evaluator(Model model, Plans plans) {
    /// @param steps how many batches to look at; 0 for all
    Logs evaluate(Feed feed, int batchSize, int steps, Callback... callbacks) {
        Dataset data = feed.data();
        long most = steps == 0 ? data.size() : (long) steps * batchSize;
        int[] order = IntStream.range(0, (int) Math.min(data.size(), most)).toArray();
        PassMeans means = null;
        for (Callback callback : callbacks) {
            callback.onTestBegin();
        }
        try (var source = new Batches(data, order, batchSize, 0)) {
            while (source.next()) {
                for (Callback callback : callbacks) {
                    callback.onTestBatchBegin(source.index());
                }
                means = evaluate(feed, source, means);
                for (Callback callback : callbacks) {
                    callback.onTestBatchEnd(source.index());
                }
            }
        }
        if (means == null) {
            throw new DataException("There are no samples to evaluate on.");
        }
        Logs logs = means.logs();
        for (Callback callback : callbacks) {
            callback.onTestEnd(logs);
        }
        return logs;
    }

    private PassMeans evaluate(Feed feed, Batch batch, @Nullable PassMeans means) {
        long stamp = plans.enter();
        try {
            var runner = plans.evaluation(batch.size(), feed.targets());
            PassMeans sums = means == null ? new PassMeans(runner.needGraph()) : means;
            Plan.Workspace workspace = runner.plan().lease();
            try {
                feed.fill(workspace, batch);
                workspace.run(0, 0);
                sums.add(workspace, batch.size());
            } finally {
                runner.plan().giveBack(workspace);
            }
            return sums;
        } finally {
            plans.exit(stamp);
        }
    }

    SequencedMap<String, Tensor> predict(Feed feed, int batchSize, Callback... callbacks) {
        List<String> names = model.outputNames();
        List<Tensor> results = new ArrayList<>();
        for (Shape shape : model.outputShapes()) {
            Shape whole = shape.bind(feed.data().size());
            results.add(new Tensor(whole, new float[Math.toIntExact(whole.elements())]));
        }
        for (Callback callback : callbacks) {
            callback.onPredictBegin();
        }
        int done = 0;
        for (Batch batch : feed.data().batches(batchSize)) {
            int number = done / batchSize;
            for (Callback callback : callbacks) {
                callback.onPredictBatchBegin(number);
            }
            predict(feed, batch, names, results, done);
            done += batch.size();
            for (Callback callback : callbacks) {
                callback.onPredictBatchEnd(number);
            }
        }
        for (Callback callback : callbacks) {
            callback.onPredictEnd();
        }
        SequencedMap<String, Tensor> byName = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            byName.put(names.get(i), results.get(i));
        }
        return byName;
    }

    private void predict(
            Feed feed, Batch batch, List<String> names, List<Tensor> results, int first) {
        long stamp = plans.enter();
        try {
            Plan plan = plans.prediction(batch.size()).plan();
            Plan.Workspace workspace = plan.lease();
            try {
                feed.fill(workspace, batch);
                workspace.run(0, 0);
                for (int i = 0; i < names.size(); i++) {
                    float[] part = workspace.output(names.get(i)).values();
                    int perSample = part.length / batch.size();
                    System.arraycopy(
                            part, 0, results.get(i).values(), first * perSample, part.length);
                }
            } finally {
                plan.giveBack(workspace);
            }
        } finally {
            plans.exit(stamp);
        }
    }
}
