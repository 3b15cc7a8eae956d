package dev.gnomon.peer;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Training steps of DJL on PyTorch on a batch that lies in memory: `DjlPeer WORKLOAD SECONDS`.
public final class DjlPeer {
    private DjlPeer() {}

    private static void conv(SequentialBlock net, int filters, int size, int padding) {
        net.add(
                Conv2d.builder()
                        .setFilters(filters)
                        .setKernelShape(new Shape(size, size))
                        .optPadding(new Shape(padding, padding))
                        .build());
        net.add(Activation.reluBlock());
    }

    private static void pool(SequentialBlock net) {
        net.add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
    }

    private static void dense(SequentialBlock net, int units) {
        net.add(Linear.builder().setUnits(units).build());
        net.add(Activation.reluBlock());
    }

    private static void dropout(SequentialBlock net, float rate) {
        net.add(Dropout.builder().optRate(rate).build());
    }

    private static Block network(String workload, int classes) {
        var net = new SequentialBlock();
        switch (workload) {
            case "mlp" -> {
                dense(net, 300);
                dense(net, 100);
            }
            case "mnist_cnn" -> {
                conv(net, 32, 3, 0);
                conv(net, 64, 3, 0);
                pool(net);
                dropout(net, 0.25f);
                net.add(Blocks.batchFlattenBlock());
                dense(net, 128);
                dropout(net, 0.5f);
            }
            case "geron_cnn" -> {
                conv(net, 64, 7, 3);
                pool(net);
                conv(net, 128, 3, 1);
                conv(net, 128, 3, 1);
                pool(net);
                conv(net, 256, 3, 1);
                conv(net, 256, 3, 1);
                pool(net);
                net.add(Blocks.batchFlattenBlock());
                dense(net, 128);
                dropout(net, 0.5f);
                dense(net, 64);
                dropout(net, 0.5f);
            }
            case "clock_cnn" -> {
                conv(net, 32, 5, 0);
                pool(net);
                conv(net, 64, 3, 0);
                pool(net);
                conv(net, 128, 3, 0);
                pool(net);
                net.add(Blocks.batchFlattenBlock());
                dense(net, 256);
            }
            default -> throw new IllegalArgumentException(workload);
        }
        net.add(Linear.builder().setUnits(classes).build());
        return net;
    }

    public static void main(String[] words) {
        String workload = words[0];
        double seconds = Double.parseDouble(words[1]);
        int size = workload.equals("clock_cnn") ? 75 : 28;
        int classes = workload.equals("clock_cnn") ? 720 : 10;
        int batch = workload.equals("mnist_cnn") ? 128 : 32;
        var shape =
                workload.equals("mlp") ? new Shape(batch, 784) : new Shape(batch, 1, size, size);
        var random = new Random(7);
        float[] labels = new float[batch];
        for (int i = 0; i < batch; i++) {
            labels[i] = random.nextInt(classes);
        }
        try (var model = Model.newInstance("net", Device.cpu(), "PyTorch")) {
            model.setBlock(network(workload, classes));
            var config =
                    new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                            .optDevices(new Device[] {Device.cpu()})
                            .optOptimizer(Adam.builder().build());
            try (var trainer = model.newTrainer(config)) {
                trainer.initialize(shape);
                var manager = trainer.getManager();
                NDArray x = manager.randomUniform(0, 1, shape, DataType.FLOAT32);
                NDArray y = manager.create(labels);
                List<Double> millis = new ArrayList<>();
                int warm = 0;
                long start = System.nanoTime();
                while (warm < 5 || System.nanoTime() - start < 2e9) {
                    step(trainer, x, y);
                    warm++;
                }
                start = System.nanoTime();
                while (millis.size() < 5 || System.nanoTime() - start < seconds * 1e9) {
                    long begin = System.nanoTime();
                    step(trainer, x, y);
                    millis.add((System.nanoTime() - begin) / 1e6);
                }
                Collections.sort(millis);
                System.out.printf(
                        Locale.ROOT,
                        "{\"peer\": \"djl\", \"workload\": \"%s\", \"step_ms_median\": %f, \"step_ms_best\": %f,"
                                + " \"measurements\": %d, \"version\": \"%s\"}%n",
                        workload,
                        millis.get(millis.size() / 2),
                        millis.get(0),
                        millis.size(),
                        ai.djl.engine.Engine.getDjlVersion());
            }
        }
    }

    private static void step(ai.djl.training.Trainer trainer, NDArray x, NDArray y) {
        try (var collector = trainer.newGradientCollector()) {
            NDList predictions = trainer.forward(new NDList(x));
            NDArray loss = trainer.getLoss().evaluate(new NDList(y), predictions);
            collector.backward(loss);
            loss.close();
            predictions.close();
        }
        trainer.step();
    }
}
