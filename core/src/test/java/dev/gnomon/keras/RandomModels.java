package dev.gnomon.keras;

import dev.gnomon.activation.Activation;
import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.initializer.Initializers;
import dev.gnomon.layer.ActivationLayer;
import dev.gnomon.layer.Add;
import dev.gnomon.layer.AveragePooling2D;
import dev.gnomon.layer.BatchNormalization;
import dev.gnomon.layer.Concatenate;
import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Dropout;
import dev.gnomon.layer.Edges;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.GlobalAveragePooling2D;
import dev.gnomon.layer.GlobalMaxPooling2D;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.KernelLayer;
import dev.gnomon.layer.Layer;
import dev.gnomon.layer.MaxPooling2D;
import dev.gnomon.layer.NamedLayer;
import dev.gnomon.layer.Padding;
import dev.gnomon.layer.Piece;
import dev.gnomon.layer.ReLU;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.layer.Reshape;
import dev.gnomon.layer.Size;
import dev.gnomon.layer.Softmax;
import dev.gnomon.layer.SymbolicTensor;
import dev.gnomon.layer.ZeroPadding2D;
import dev.gnomon.loss.BinaryCrossentropy;
import dev.gnomon.loss.CategoricalCrossentropy;
import dev.gnomon.loss.CosineSimilarity;
import dev.gnomon.loss.Huber;
import dev.gnomon.loss.Loss;
import dev.gnomon.loss.Losses;
import dev.gnomon.loss.MeanAbsoluteError;
import dev.gnomon.loss.MeanSquaredError;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.BinaryAccuracy;
import dev.gnomon.metric.Metric;
import dev.gnomon.metric.Metrics;
import dev.gnomon.metric.RootMeanSquaredError;
import dev.gnomon.metric.SparseTopKCategoricalAccuracy;
import dev.gnomon.model.Functional;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import dev.gnomon.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Random models: branches, shared layers, models in models, every layer with its options, every way to train them.
final class RandomModels extends RandomSettings {
    private static final int BATCH = 7;

    private int named;

    RandomModels(long seed) {
        super(seed);
    }

    /// How many steps a model is trained before it is saved.
    int steps() {
        return random.nextInt(4);
    }

    // ---- settings

    private Size size(int low, int high) {
        return Size.of(between(low, high), between(low, high));
    }

    private <L extends KernelLayer<L>> L options(L layer) {
        L changed = chance(0.6) ? layer.withActivation(activation()) : layer;
        changed = chance(0.25) ? changed.withUseBias(false) : changed;
        changed = chance(0.5) ? changed.withKernelInitializer(initializer()) : changed;
        changed = chance(0.2) ? changed.withKernelRegularizer(regularizer()) : changed;
        changed = chance(0.1) ? changed.withBiasRegularizer(regularizer()) : changed;
        changed = chance(0.1) ? changed.withActivityRegularizer(regularizer()) : changed;
        changed = chance(0.15) ? changed.withKernelConstraint(constraint()) : changed;
        return chance(0.2) ? changed.withBiasInitializer(Initializers.byName("ones")) : changed;
    }

    // ---- layers

    private Layer layer(Shape shape) {
        int rank = shape.rank();
        int kind = random.nextInt(rank == 4 ? 16 : 7);
        return switch (kind) {
            case 0 -> options(new Dense(between(1, 9)));
            case 1 -> normalization();
            case 2 -> new ActivationLayer(activation());
            case 3 -> one(new Dropout(0), new Softmax(), new Rescaling(0.5, 0.2), new Rescaling(2));
            case 4 -> relu();
            case 5 -> chance(0.4) ? new Flatten() : new ReLU();
            case 6 -> chance(0.4) ? reshape(shape) : normalization();
            case 7, 8, 9, 10 -> conv(shape);
            case 11, 12, 13 -> pool(shape);
            case 14 -> new ZeroPadding2D(one(new Edges(0, 1, 2, 0), new Edges(1, 1, 1, 1)));
            default -> global();
        };
    }

    private Layer global() {
        return chance(0.5)
                ? new GlobalAveragePooling2D(chance(0.5))
                : new GlobalMaxPooling2D(chance(0.5));
    }

    private Layer relu() {
        ReLU layer = new ReLU().withNegativeSlope(one(0.0, 0.1)).withThreshold(one(0.0, 0.2));
        return chance(0.6) ? layer.withMaxValue(one(1.5, 6.0)) : layer;
    }

    private Layer normalization() {
        var layer =
                new BatchNormalization().withMomentum(one(0.99, 0.8)).withEpsilon(one(1e-3, 1e-2));
        return layer.withCenter(chance(0.8)).withScale(chance(0.8));
    }

    private Layer reshape(Shape shape) {
        int elements = (int) shape.elements();
        int part = between(1, 6);
        return elements % part == 0 ? new Reshape(part, -1) : new Reshape(elements);
    }

    private Layer conv(Shape shape) {
        boolean same = chance(0.5);
        int most = same ? 5 : Math.min(4, Math.min(shape.dim(1), shape.dim(2)));
        int groups = shape.dim(3) % 2 == 0 && chance(0.3) ? 2 : 1;
        Conv2D conv =
                new Conv2D(groups * between(1, 4), size(1, most))
                        .withGroups(groups)
                        .withPadding(same ? Padding.SAME : Padding.VALID);
        if (chance(0.4)) {
            conv = conv.withStrides(size(1, 3));
        } else if (same && chance(0.5)) {
            conv = conv.withDilationRate(size(1, 3));
        }
        return options(conv);
    }

    private Layer pool(Shape shape) {
        Size size = size(1, Math.min(3, Math.min(shape.dim(1), shape.dim(2))));
        Padding padding = one(Padding.SAME, Padding.VALID);
        Size strides = chance(0.5) ? size : size(1, 3);
        return chance(0.5)
                ? new MaxPooling2D(size, strides, padding)
                : new AveragePooling2D(size, strides, padding);
    }

    private NamedLayer handle(Layer layer) {
        NamedLayer handle =
                chance(0.4) ? layer.named("layer." + named++) : new NamedLayer(layer, null);
        if (chance(0.1)) {
            handle.freeze();
        }
        return handle;
    }

    // ---- models

    private SymbolicTensor input() {
        SymbolicTensor input =
                chance(0.75)
                        ? Input.of(between(3, 11), between(3, 11), one(1, 2, 3, 4))
                        : Input.of(between(2, 12));
        return chance(0.3) ? input.named("in " + named++) : input;
    }

    private Model inner(Shape shape) {
        SymbolicTensor input = Input.of(shape.sample().dims());
        List<Piece> chain = new ArrayList<>();
        chain.add(input);
        SymbolicTensor x = input;
        for (int i = between(1, 3); i > 0; i--) {
            NamedLayer next = handle(layer(x.shape()));
            chain.add(next);
            x = next.apply(x);
        }
        return chance(0.5) ? Sequential.of(chain.toArray(Piece[]::new)) : Functional.of(input, x);
    }

    Model model() {
        return chance(0.3) ? sequential() : functional();
    }

    private Model sequential() {
        SymbolicTensor x = input();
        List<Piece> chain = new ArrayList<>();
        chain.add(x);
        List<Task> tasks = new ArrayList<>();
        for (int i = between(1, 6); i > 0; i--) {
            NamedLayer next = handle(chance(0.1) ? inner(x.shape()) : layer(x.shape()));
            chain.add(next);
            x = next.apply(x);
        }
        tasks.add(task());
        for (Layer each : tasks.getFirst().head) {
            chain.add(each);
        }
        Model model = Sequential.of(chain.toArray(Piece[]::new));
        return compile(model, tasks);
    }

    Model functional() {
        List<SymbolicTensor> inputs = new ArrayList<>();
        for (int i = one(1, 1, 2, 3); i > 0; i--) {
            inputs.add(input());
        }
        List<SymbolicTensor> pool = new ArrayList<>(inputs);
        List<NamedLayer> handles = new ArrayList<>();
        List<Shape> shapes = new ArrayList<>();
        for (int i = between(2, 9); i > 0; i--) {
            SymbolicTensor x = pool.get(pool.size() - 1 - random.nextInt(Math.min(4, pool.size())));
            List<SymbolicTensor> alike =
                    pool.stream().filter(each -> each.shape().equals(x.shape())).toList();
            int known = shapes.indexOf(x.shape());
            if (chance(0.2)) {
                pool.add(new Add().apply(x, one(alike)));
            } else if (chance(0.15)) {
                pool.add(new Concatenate(chance(0.5) ? -1 : 1).apply(x, one(alike)));
            } else if (known >= 0 && chance(0.3)) {
                pool.add(handles.get(known).apply(x));
            } else {
                NamedLayer next = handle(chance(0.12) ? inner(x.shape()) : layer(x.shape()));
                handles.add(next);
                shapes.add(x.shape());
                pool.add(next.apply(x));
            }
        }
        if (inputs.size() > 1) {
            SymbolicTensor[] flat =
                    inputs.stream()
                            .map(each -> new Flatten().apply(each))
                            .toArray(SymbolicTensor[]::new);
            SymbolicTensor all = new Concatenate().apply(flat);
            pool.add(chance(0.5) ? new Dense(4).apply(all) : all);
        }
        List<SymbolicTensor> outputs = new ArrayList<>();
        List<Task> tasks = new ArrayList<>();
        for (int i = one(1, 1, 2, 3); i > 0; i--) {
            SymbolicTensor x = outputs.isEmpty() ? pool.getLast() : one(pool);
            SymbolicTensor start = x;
            Task task = task();
            tasks.add(task);
            List<NamedLayer> head =
                    task.head.stream().map(each -> new NamedLayer(each, null)).toList();
            for (NamedLayer each : head) {
                x = each.apply(x);
            }
            outputs.add(x);
            List<SymbolicTensor> alike =
                    pool.stream()
                            .filter(each -> each != start && each.shape().equals(start.shape()))
                            .toList();
            if (!alike.isEmpty() && chance(0.15)) { // two outputs of one name
                SymbolicTensor y = one(alike);
                for (NamedLayer each : head) {
                    y = each.apply(y);
                }
                outputs.add(y);
                tasks.add(task);
            }
        }
        SymbolicTensor used = outputs.getFirst();
        boolean reached =
                Functional.of(reachable(used), List.of(used)).inputs().containsAll(inputs);
        if (!reached) {
            SymbolicTensor[] flat =
                    inputs.stream()
                            .map(each -> new Flatten().apply(each))
                            .toArray(SymbolicTensor[]::new);
            SymbolicTensor all = flat.length == 1 ? flat[0] : new Concatenate().apply(flat);
            outputs.set(0, new Add().apply(used, new Dense(used.shape().last()).apply(all)));
            tasks.set(0, new Task(List.of(), new MeanSquaredError(), List.of()));
        }
        return compile(Functional.of(inputs, outputs), tasks);
    }

    private static List<SymbolicTensor> reachable(SymbolicTensor tensor) {
        if (tensor.source() == null) {
            return List.of(tensor);
        }
        return tensor.inputs().stream()
                .flatMap(each -> reachable(each).stream())
                .distinct()
                .toList();
    }

    // ---- training

    /// The last layers of an output with what is trained there.
    private record Task(List<Layer> head, Loss loss, List<Metric> metrics) {}

    private Task task() {
        int k = between(2, 5);
        var probabilities = new Dense(k).withActivation(Activation.SOFTMAX);
        return switch (random.nextInt(8)) {
            case 0 ->
                    new Task(
                            List.of(new Flatten(), probabilities),
                            new SparseCategoricalCrossentropy(),
                            List.of(
                                    Metrics.accuracy(),
                                    new SparseTopKCategoricalAccuracy("top", 2)));
            case 1 ->
                    new Task(
                            List.of(new Dense(k)),
                            new SparseCategoricalCrossentropy(true),
                            List.of());
            case 2 ->
                    new Task(
                            List.of(new Flatten(), probabilities),
                            new CategoricalCrossentropy(false, 0.1),
                            List.of(Metrics.byName("categorical_accuracy")));
            case 3 ->
                    new Task(
                            List.of(new Flatten(), new Dense(k), new Softmax()),
                            new CategoricalCrossentropy(),
                            List.of(Metrics.byName("acc")));
            case 4 ->
                    new Task(
                            List.of(new Flatten(), new Dense(1).withActivation(Activation.SIGMOID)),
                            new BinaryCrossentropy(),
                            List.of(new BinaryAccuracy(0.4)));
            case 5 -> new Task(List.of(new Dense(k)), new BinaryCrossentropy(true, 0.1), List.of());
            case 6 ->
                    new Task(
                            List.of(new Dense(k)),
                            one(new Huber(0.7), new Huber(), new CosineSimilarity()),
                            List.of(Metrics.meanSquaredError()));
            default ->
                    new Task(
                            List.of(new Flatten(), new Dense(k).withActivation(Activation.TANH)),
                            one(new MeanSquaredError(), new MeanAbsoluteError()),
                            List.of(new RootMeanSquaredError(), Metrics.byName("mae")));
        };
    }

    private Model compile(Model model, List<Task> tasks) {
        Losses losses = Losses.perOutput();
        Metrics metrics = Metrics.perOutput();
        boolean weighted = chance(0.4);
        for (int i = 0; i < tasks.size(); i++) {
            String output = model.outputNames().get(i);
            losses = losses.with(output, tasks.get(i).loss);
            losses = weighted ? losses.weight(0.5 + i) : losses;
            if (chance(0.6)) {
                metrics = metrics.with(output, tasks.get(i).metrics.toArray(Metric[]::new));
            }
            if (!tasks.get(i).metrics.isEmpty() && chance(0.3)) {
                metrics = metrics.withWeighted(output, tasks.get(i).metrics.getFirst());
            }
        }
        if (tasks.size() == 1 && chance(0.6)) {
            losses = Losses.of(tasks.getFirst().loss);
            metrics = Metrics.of(tasks.getFirst().metrics.toArray(Metric[]::new));
        }
        return model.initialize(random.nextLong()).compile(optimizer(), losses, metrics);
    }

    // ---- data

    Dataset data(Model model) {
        SequencedMap<String, Column> inputs = new LinkedHashMap<>();
        for (int i = 0; i < model.inputs().size(); i++) {
            inputs.put(model.inputNames().get(i), numbers(model.inputShapes().get(i)));
        }
        SequencedMap<String, Column> targets = new LinkedHashMap<>();
        for (int i = 0; i < model.outputs().size(); i++) {
            String output = model.outputNames().get(i);
            targets.put(output, labels(output, model.outputShapes().get(i), model));
        }
        return Dataset.of(inputs, targets);
    }

    private Column numbers(Shape shape) {
        Shape bound = shape.bind(BATCH);
        float[] values = new float[(int) bound.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Column.of(values, bound.dims());
    }

    private Column labels(String output, Shape shape, Model model) {
        Loss loss = new MeanSquaredError();
        for (var each : java.util.Objects.requireNonNull(model.compiled()).losses().list()) {
            if (each.output() == null || each.output().equals(output)) {
                loss = each.loss();
            }
        }
        if (!loss.name().contains("crossentropy")) {
            return numbers(shape);
        }
        int[] dims = shape.bind(BATCH).dims();
        int classes = dims[dims.length - 1];
        boolean sparse = loss instanceof SparseCategoricalCrossentropy;
        int[] places = sparse ? Arrays.copyOf(dims, dims.length - 1) : dims;
        float[] values = new float[Arrays.stream(places).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i += sparse ? 1 : classes) {
            if (sparse) {
                values[i] = random.nextInt(classes);
            } else if (loss instanceof CategoricalCrossentropy) {
                values[i + random.nextInt(classes)] = 1;
            } else {
                for (int k = 0; k < classes; k++) {
                    values[i + k] = random.nextInt(2);
                }
            }
        }
        return Column.of(values, places);
    }
}
