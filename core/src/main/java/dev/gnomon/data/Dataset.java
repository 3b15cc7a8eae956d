package dev.gnomon.data;

import static dev.gnomon.check.Check.config;

import dev.gnomon.check.ConfigException;
import dev.gnomon.data.transform.Augmentation;
import dev.gnomon.data.transform.Standardize;
import dev.gnomon.data.transform.Transform;
import dev.gnomon.random.Key;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Samples to train on, to test with or to predict for: named inputs, named targets, and what belongs to them.
///
/// A data set with one input and one target calls them `x` and `y`; one with several calls them by the names of the
/// model's inputs and outputs. Every method that takes some of the samples gives a view and copies none.
///
/// ```java
/// var letters = Dataset.of(Column.of(pixels, 27, 28, 28), Column.labels(classes)).withClassNames("alpha", "beta", "gamma");
/// var parts = letters.stratifiedSplit(1, 0.8, 0.2);
/// ```
///
/// Immutable and safe to use from many threads.
public final class Dataset {
    /// The name of the only input.
    public static final String X = "x";

    /// The name of the only target.
    public static final String Y = "y";

    private final SequencedMap<String, Column> inputs;
    private final SequencedMap<String, Column> targets;
    private final @Nullable Column sampleWeight;
    private final SequencedMap<String, Column> sampleWeights;
    private final List<String> classNames;
    private final int size;

    private Dataset(
            SequencedMap<String, Column> inputs,
            SequencedMap<String, Column> targets,
            @Nullable Column sampleWeight,
            SequencedMap<String, Column> sampleWeights,
            List<String> classNames) {
        config(!inputs.isEmpty(), "Dataset: at least one input is needed, but none was given.");
        this.inputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inputs));
        this.targets = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(targets));
        this.sampleWeight = sampleWeight;
        this.sampleWeights =
                Collections.unmodifiableSequencedMap(new LinkedHashMap<>(sampleWeights));
        this.classNames = List.copyOf(classNames);
        this.size = this.inputs.firstEntry().getValue().rows();
        DatasetChecks.check(this);
    }

    /// A data set of one input `x` and one target `y`.
    public static Dataset of(Column x, Column y) {
        return of(x).withTarget(Y, y);
    }

    /// A data set of one input `x`, to predict for.
    public static Dataset of(Column x) {
        return of(single(X, x), new LinkedHashMap<>());
    }

    /// A data set of named inputs and targets, in the order of the maps.
    public static Dataset of(
            SequencedMap<String, Column> inputs, SequencedMap<String, Column> targets) {
        return new Dataset(inputs, targets, null, new LinkedHashMap<>(), List.of());
    }

    private static SequencedMap<String, Column> single(String name, Column column) {
        var map = new LinkedHashMap<String, Column>();
        map.put(name, column);
        return map;
    }

    private static SequencedMap<String, Column> with(
            SequencedMap<String, Column> map, String name, Column column) {
        var copy = new LinkedHashMap<>(map);
        copy.put(name, column);
        return copy;
    }

    /// This data set with another input, or with the input of that name replaced.
    public Dataset withInput(String name, Column column) {
        return new Dataset(
                with(inputs, name, column), targets, sampleWeight, sampleWeights, classNames);
    }

    /// This data set with another target, or with the target of that name replaced.
    public Dataset withTarget(String name, Column column) {
        return new Dataset(
                inputs, with(targets, name, column), sampleWeight, sampleWeights, classNames);
    }

    /// This data set with a weight for each sample in the loss of every target.
    public Dataset withSampleWeight(Column weight) {
        return new Dataset(inputs, targets, weight, sampleWeights, classNames);
    }

    /// This data set with a weight for each sample in the loss of one target, in place of the one for every target.
    ///
    /// @param target the name of a target of this data set
    public Dataset withSampleWeight(String target, Column weight) {
        find(targets, "target", target);
        return new Dataset(
                inputs, targets, sampleWeight, with(sampleWeights, target, weight), classNames);
    }

    /// This data set with the names of the classes that the target's numbers stand for.
    public Dataset withClassNames(String... names) {
        return withClassNames(List.of(names));
    }

    /// This data set with the names of the classes that the target's numbers stand for.
    public Dataset withClassNames(List<String> names) {
        return new Dataset(inputs, targets, sampleWeight, sampleWeights, names);
    }

    /// The number of samples.
    public int size() {
        return size;
    }

    /// The inputs by name, in order.
    public SequencedMap<String, Column> inputs() {
        return inputs;
    }

    /// The targets by name, in order; empty for samples that are only predicted for.
    public SequencedMap<String, Column> targets() {
        return targets;
    }

    /// The weight of each sample in the loss of every target that has none of its own, or null.
    public @Nullable Column sampleWeight() {
        return sampleWeight;
    }

    /// The weights of samples in the loss of one target, by its name; empty where no target has weights of its own.
    public SequencedMap<String, Column> sampleWeights() {
        return sampleWeights;
    }

    /// The names of the classes in the order of their numbers; empty where they are not known.
    public List<String> classNames() {
        return classNames;
    }

    /// The input of that name.
    public Column input(String name) {
        return find(inputs, "input", name);
    }

    /// The target of that name.
    public Column target(String name) {
        return find(targets, "target", name);
    }

    private static Column find(SequencedMap<String, Column> columns, String kind, String name) {
        var column = columns.get(name);
        if (column == null) {
            throw new ConfigException(BatchBuffer.missing("Dataset", kind, name, columns.keySet()));
        }
        return column;
    }

    /// The only input.
    public Column images() {
        return only(inputs, "images", "input");
    }

    /// The only target.
    public Column labels() {
        return only(targets, "labels", "target");
    }

    private static Column only(SequencedMap<String, Column> columns, String method, String kind) {
        config(
                columns.size() == 1,
                "Dataset.%s: there must be one %s, but there are %d (%s). Ask for one by name: %s(\"…\").",
                method,
                kind,
                columns.size(),
                columns.isEmpty() ? "none" : String.join(", ", columns.keySet()),
                kind);
        return columns.firstEntry().getValue();
    }

    /// The first `count` samples.
    public Dataset take(int count) {
        return slice(0, count);
    }

    /// All but the first `count` samples.
    public Dataset skip(int count) {
        return slice(count, size);
    }

    /// The samples `from` (included) to `to` (excluded).
    public Dataset slice(int from, int to) {
        config(
                from >= 0 && from <= to && to <= size,
                "Dataset: samples %d to %d were asked for, but there are %d.",
                from,
                to,
                size);
        return each(column -> column.slice(from, to));
    }

    /// The samples of the given rows in the given order.
    public Dataset select(int[] rows) {
        return each(column -> column.select(rows));
    }

    /// The samples in a random order that depends on the seed and on nothing else.
    public Dataset shuffled(long seed) {
        return select(Key.of(seed).child("dataset/shuffled").permutation(size));
    }

    /// Cuts the samples into parts in their order: `split(0.8, 0.1, 0.1)` of 18,000 gives 14,400, 1,800 and 1,800.
    ///
    /// The cuts are at the rounded sums of the fractions; if they add up to less than 1, the rest is left out.
    public List<Dataset> split(double... fractions) {
        int[] cuts = Splits.cuts(size, fractions);
        var parts = new ArrayList<Dataset>();
        for (int i = 0; i < fractions.length; i++) {
            parts.add(slice(cuts[i], cuts[i + 1]));
        }
        return List.copyOf(parts);
    }

    /// Cuts the samples into random parts that hold each class in equal shares (to within one sample); the sizes are
    /// those of [#split]. The only target must hold class numbers. Each part keeps the order of the samples.
    public List<Dataset> stratifiedSplit(long seed, double... fractions) {
        int[][] rows =
                Splits.stratified(only(targets, "stratifiedSplit", "target"), seed, fractions);
        var parts = new ArrayList<Dataset>();
        for (int[] part : rows) {
            parts.add(select(part));
        }
        return List.copyOf(parts);
    }

    /// The samples with every value of the only input multiplied: `scaled(1 / 255.0)` for pictures.
    public Dataset scaled(double factor) {
        return scaled(factor, 0);
    }

    /// The samples with every value `v` of the only input as `v * factor + offset`.
    public Dataset scaled(double factor, double offset) {
        return withOnlyInput("scaled", column -> column.scaled(factor, offset));
    }

    /// The samples with the class numbers of the only target as one-hot rows, `[classes]` for each: what
    /// [dev.gnomon.loss.CategoricalCrossentropy] takes. Keras's `to_categorical`.
    ///
    /// @param classes how many classes there are, at least 1
    public Dataset oneHot(int classes) {
        var labels = only(targets, "oneHot", "target");
        return withTarget(targets.firstEntry().getKey(), OneHot.of(labels, classes));
    }

    /// The samples with the only input changed by transforms, one after the other; computed when a batch is filled.
    public Dataset map(Transform... transforms) {
        return withOnlyInput("map", column -> column.map(transforms));
    }

    /// The samples with the only input changed at random while they are trained with; `evaluate`, `predict` and validation see
    /// them as they are.
    ///
    /// What is drawn for a sample depends on the seed, the epoch and its row here, so any order, any part and a run that is
    /// taken up again draw the same.
    public Dataset augmented(Augmentation... augmentations) {
        return withOnlyInput("augmented", column -> column.augmented(augmentations));
    }

    /// The samples in memory, all made now: for pictures of a folder, where there is room for them.
    public Dataset cached() {
        return each(Column::cached);
    }

    /// The transform that brings the channels of the only input to mean 0 and deviation 1; that of the training part is for
    /// all parts.
    public Standardize standardize() {
        return Moments.of(only(inputs, "standardize", "input"));
    }

    /// This data set, after a look at all values: NaN and infinity are faults. Samples that are made on demand are passed over.
    ///
    /// @param where the file that they come from, for the message
    public Dataset requireFinite(String where) {
        DatasetChecks.requireFinite(this, where);
        return this;
    }

    private Dataset withOnlyInput(String method, UnaryOperator<Column> change) {
        var column = only(inputs, method, "input");
        return withInput(inputs.firstEntry().getKey(), change.apply(column));
    }

    /// The samples in batches, in their order; the last batch holds the rest. A batch is valid until the next one.
    ///
    /// Batches are filled by the thread that asks for them; [Batches] fills them beside it.
    public Iterable<Batch> batches(int batchSize) {
        DatasetChecks.batchSize(batchSize);
        return () -> iterator(batchSize);
    }

    private Iterator<Batch> iterator(int batchSize) {
        return new BatchIterator(this, BatchOrder.identity(size), batchSize);
    }

    /// The SHA-256 of all names, types, shapes and values, in their order: what a run's record says of its data.
    public String sha256() {
        return DatasetChecks.sha256(this);
    }

    /// A short text that mostly differs for other data: a checksum of names, shapes and some samples, which are read, but
    /// for those that are made on demand.
    public String fingerprint() {
        return DatasetChecks.fingerprint(this);
    }

    private Dataset each(UnaryOperator<Column> change) {
        var weight = sampleWeight == null ? null : change.apply(sampleWeight);
        return new Dataset(
                each(inputs, change),
                each(targets, change),
                weight,
                each(sampleWeights, change),
                classNames);
    }

    private static SequencedMap<String, Column> each(
            SequencedMap<String, Column> columns, UnaryOperator<Column> change) {
        var changed = new LinkedHashMap<String, Column>();
        columns.forEach((name, column) -> changed.put(name, change.apply(column)));
        return changed;
    }

    @Override
    public String toString() {
        return "Dataset of " + size + " samples: inputs " + inputs + ", targets " + targets;
    }
}
