package dev.gnomon.lint;

import static dev.gnomon.activation.Activation.RELU;
import static dev.gnomon.activation.Activation.SIGMOID;
import static dev.gnomon.activation.Activation.SOFTMAX;
import static dev.gnomon.activation.Activation.TANH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gnomon.activation.Activation;
import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.initializer.Constant;
import dev.gnomon.initializer.Zeros;
import dev.gnomon.layer.BatchNormalization;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Dropout;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.Piece;
import dev.gnomon.layer.Rescaling;
import dev.gnomon.loss.BinaryCrossentropy;
import dev.gnomon.loss.CategoricalCrossentropy;
import dev.gnomon.loss.Loss;
import dev.gnomon.loss.MeanSquaredError;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Metrics;
import dev.gnomon.model.Model;
import dev.gnomon.model.Sequential;
import dev.gnomon.optimizer.Adagrad;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.optimizer.Optimizer;
import dev.gnomon.optimizer.SGD;
import dev.gnomon.random.Key;
import dev.gnomon.tensor.DType;
import dev.gnomon.tensor.Shape;
import dev.gnomon.train.Fit;
import dev.gnomon.train.LintRule;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Each rule finds its example, says what it must, and finds nothing in a set-up that is right.
class LinterTest {
    private static final int SAMPLES = 60;
    private static final int CLASSES = 3;
    private static final Fit FIT = Fit.epochs(1).withBatchSize(16);

    /// A set-up in which a rule finds something.
    ///
    /// @param sentence what it says
    private record Example(LintRule rule, Model model, Dataset data, Fit fit, String sentence) {
        List<Finding> found() {
            return Linter.probe(model, data, fit);
        }
    }

    private static float[] numbers(String name, int count, double scale) {
        var key = Key.of(1).child(name);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (scale * key.normalAt(i));
        }
        return values;
    }

    private static Column x() {
        return Column.of(numbers("x", 4 * SAMPLES, 1), SAMPLES, 4);
    }

    private static int[] classes(int from) {
        int[] labels = new int[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            labels[i] = from + i % CLASSES;
        }
        return labels;
    }

    private static Dataset data() {
        return Dataset.of(x(), Column.labels(classes(0)));
    }

    private static Dataset sorted() {
        int[] labels = classes(0);
        Arrays.sort(labels);
        return Dataset.of(x(), Column.labels(labels));
    }

    private static Model net(Loss loss, Optimizer optimizer, Piece... layers) {
        List<Piece> pieces = new ArrayList<>(List.of(Input.of(4)));
        pieces.addAll(List.of(layers));
        return Sequential.of(pieces.toArray(Piece[]::new))
                .compile(optimizer, loss, Metrics.accuracy());
    }

    private static Model net(Loss loss, Piece... layers) {
        return net(loss, new Adam(), layers);
    }

    private static Model right() {
        return net(sparse(), new Dense(8).withActivation(RELU), softmax(CLASSES));
    }

    private static Model regression(Activation activation, Column labels) {
        return Sequential.of(
                        Input.of(4), new Dense(labels.sampleElements()).withActivation(activation))
                .compile(new Adam(), new MeanSquaredError(), Metrics.meanAbsoluteError());
    }

    private static Loss sparse() {
        return new SparseCategoricalCrossentropy();
    }

    private static Dense softmax(int units) {
        return new Dense(units).withActivation(SOFTMAX);
    }

    private static Example example(LintRule rule, Model model, Dataset data, String sentence) {
        return new Example(rule, model, data, FIT, sentence);
    }

    private static List<Example> inputs() {
        byte[] pixels = new byte[16 * SAMPLES];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (37 * i);
        }
        var images = Dataset.of(Column.of(pixels, SAMPLES, 4, 4), Column.labels(classes(0)));
        var unscaled =
                Sequential.of(Input.of(4, 4), new Flatten(), softmax(CLASSES))
                        .compile(new Adam(), sparse());
        float[] withNaN = numbers("x", 4 * SAMPLES, 1);
        withNaN[9] = Float.NaN;
        float[] ones = new float[4 * SAMPLES];
        Arrays.fill(ones, 1);
        float[] scaled = new float[pixels.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (pixels[i] & 0xFF) / 255f;
        }
        var twice =
                Sequential.of(
                                Input.of(4, 4),
                                new Rescaling(1 / 255.0),
                                new Flatten(),
                                softmax(CLASSES))
                        .compile(new Adam(), sparse());
        return List.of(
                example(
                        LintRule.SCALED_TWICE,
                        twice,
                        Dataset.of(Column.of(scaled, SAMPLES, 4, 4), Column.labels(classes(0))),
                        "\"rescaling\" multiplies by 0.00392, but its values are from 0 to 1: they seem to be scaled"
                                + " already. Leave out one of the two."),
                example(
                        LintRule.UNSCALED_INPUT,
                        unscaled,
                        images,
                        "\"dense\" gets values from 0 to 255, but first weights are made for values around 1: training will"
                                + " be slow or diverge. Begin the model with new Rescaling(1 / 255.0), or scale the data."),
                example(
                        LintRule.INPUT_NOT_FINITE,
                        right(),
                        Dataset.of(Column.of(withNaN, SAMPLES, 4), Column.labels(classes(0))),
                        "row 2 holds NaN or infinity"),
                example(
                        LintRule.CONSTANT_INPUT,
                        right(),
                        Dataset.of(Column.of(ones, SAMPLES, 4), Column.labels(classes(0))),
                        "all values that were looked at are 1.0"));
    }

    private static List<Example> heads() {
        var binary = Dataset.of(x(), Column.of(new float[SAMPLES], SAMPLES));
        var ones = numbers("labels", SAMPLES, 1);
        for (int i = 0; i < SAMPLES; i++) {
            ones[i] = i % 2;
        }
        var halves = Dataset.of(x(), Column.of(ones, SAMPLES, 1));
        return List.of(
                example(
                        LintRule.FROM_LOGITS,
                        net(new SparseCategoricalCrossentropy(true), softmax(CLASSES)),
                        data(),
                        "has a softmax already, but sparse_categorical_crossentropy is told fromLogits"),
                example(
                        LintRule.FROM_LOGITS,
                        net(sparse(), new Dense(CLASSES)),
                        data(),
                        "expects probabilities, but the last layer gives scores of any size"),
                example(
                        LintRule.FROM_LOGITS,
                        net(new BinaryCrossentropy(), new Dense(1)),
                        halves,
                        "Give it the activation sigmoid, or the loss fromLogits."),
                example(
                        LintRule.OUTPUT_ACTIVATION,
                        net(sparse(), new Dense(CLASSES).withActivation(RELU)),
                        data(),
                        "the last layer's activation is relu, but sparse_categorical_crossentropy is about one of 3 classes."
                                + " Use softmax."),
                example(
                        LintRule.OUTPUT_ACTIVATION,
                        net(new BinaryCrossentropy(), softmax(1)),
                        halves,
                        "is softmax over one unit, which is always 1"),
                example(
                        LintRule.ACCURACY_OF_REGRESSION,
                        net(new MeanSquaredError(), new Dense(1)),
                        Dataset.of(x(), Column.of(numbers("y", SAMPLES, 1), SAMPLES, 1)),
                        "accuracy counts predictions that are right, but mean_squared_error is about how far off"),
                example(
                        LintRule.LABELS_OUT_OF_REACH,
                        regression(TANH, Column.of(numbers("y", SAMPLES, 5), SAMPLES, 1)),
                        Dataset.of(x(), Column.of(numbers("y", SAMPLES, 5), SAMPLES, 1)),
                        "but tanh gives values from -1 to 1 only"),
                example(
                        LintRule.ONE_LABEL,
                        net(new BinaryCrossentropy(), new Dense(1).withActivation(SIGMOID)),
                        binary,
                        "all labels that were looked at are 0.0"));
    }

    private static List<Example> labels() {
        float[] oneHot = new float[CLASSES * SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            oneHot[CLASSES * i + i % CLASSES] = 1;
        }
        return List.of(
                example(
                        LintRule.LABEL_FORM,
                        right(),
                        Dataset.of(x(), Column.of(oneHot, SAMPLES, CLASSES)),
                        "the labels look one-hot: use categorical_crossentropy"),
                example(
                        LintRule.LABEL_FORM,
                        net(new CategoricalCrossentropy(), softmax(CLASSES)),
                        data(),
                        "use sparse_categorical_crossentropy"),
                example(
                        LintRule.LABELS_SHIFTED,
                        right(),
                        Dataset.of(x(), Column.labels(classes(1))),
                        "the classes go from 1 to 3, but the last layer has 3 units, for classes from 0 to 2. Count classes"
                                + " from 0: subtract 1 from the labels."),
                example(
                        LintRule.LABELS_SHIFTED,
                        net(sparse(), softmax(CLASSES + 1)),
                        Dataset.of(x(), Column.labels(classes(1))),
                        "the last layer has 4 units, but classes go from 1 to 3, so that unit 0 is never right"),
                example(
                        LintRule.ONE_LABEL,
                        right(),
                        Dataset.of(x(), Column.labels(new int[SAMPLES])),
                        "all 60 samples are of class 0"),
                new Example(
                        LintRule.SORTED_SPLIT,
                        right(),
                        sorted(),
                        FIT.withValidationSplit(0.3),
                        "the samples are sorted by class, and validation takes those at the end"),
                new Example(
                        LintRule.SORTED_SPLIT,
                        right(),
                        sorted().take(30),
                        FIT.withValidation(sorted().skip(30)),
                        "validation has classes that training never sees, such as 2"),
                new Example(
                        LintRule.SORTED_BATCHES,
                        right(),
                        sorted(),
                        FIT.withShuffle(false),
                        "are sorted by class and are not shuffled"),
                new Example(
                        LintRule.BATCH_LARGER_THAN_SET,
                        right(),
                        data(),
                        FIT.withBatchSize(61),
                        "The batch size is 61, but there are 60 samples to train on"));
    }

    private static List<Example> layers() {
        var frozen = right();
        frozen.layer("dense").freeze();
        frozen.layer("dense_1").freeze();
        return List.of(
                example(
                        LintRule.HEAVY_DROPOUT,
                        net(sparse(), new Dropout(1), softmax(CLASSES)),
                        data(),
                        "\"dropout\" drops all of its input"),
                example(
                        LintRule.DROPOUT_AT_OUTPUT,
                        net(sparse(), softmax(CLASSES), new Dropout(0.5)),
                        data(),
                        "a Dropout comes after the last layer with weights"),
                example(
                        LintRule.NOTHING_TRAINED,
                        frozen,
                        data(),
                        "All weights are frozen: training will change nothing. Unfreeze a layer:"),
                example(
                        LintRule.EQUAL_UNITS,
                        net(
                                sparse(),
                                new Dense(8)
                                        .withActivation(TANH)
                                        .withKernelInitializer(new Constant(0.1)),
                                softmax(CLASSES)),
                        data(),
                        "\"dense\": all its units begin with the same weights"),
                example(
                        LintRule.LEARNING_RATE,
                        net(sparse(), new Adam(1), softmax(CLASSES)),
                        data(),
                        "The learning rate is 1.0; for Adam rates below 0.1 are usual"),
                example(
                        LintRule.DEAD_RELU,
                        net(
                                sparse(),
                                new Dense(8)
                                        .withActivation(RELU)
                                        .withBiasInitializer(new Constant(-100)),
                                softmax(CLASSES)),
                        data(),
                        "The rectifier of \"dense\" gives 0 for every sample, so that no gradient passes it"));
    }

    @TestFactory
    Stream<DynamicTest> everyExampleIsFoundAndCanBeSwitchedOff() {
        return Stream.of(inputs(), heads(), labels(), layers())
                .flatMap(List::stream)
                .map(example ->
                        DynamicTest.dynamicTest(
                                example.rule.id() + ": " + example.sentence,
                                () -> {
                                    assertThat(example.found())
                                            .extracting(Finding::rule)
                                            .containsExactly(example.rule);
                                    assertThat(example.found().getFirst().sentence())
                                            .contains(example.sentence);
                                    var off = example.fit.withoutLint(example.rule);
                                    assertThat(Linter.probe(example.model, example.data, off))
                                            .isEmpty();
                                    example.model.close();
                                }));
    }

    @Test
    void palePixelsAreNotTakenForScaledOnes() {
        float[] pale = new float[16 * SAMPLES];
        for (int i = 0; i < pale.length; i++) {
            pale[i] = 253 + i % 3;
        }
        var model =
                Sequential.of(
                        Input.of(4, 4), new Rescaling(1 / 255.0), new Flatten(), softmax(CLASSES));
        assertThat(Linter.samples(model, Dataset.of(Column.of(pale, SAMPLES, 4, 4)))).isEmpty();
        pale[20] = Float.NaN;
        assertThat(Linter.samples(model, Dataset.of(Column.of(pale, SAMPLES, 4, 4))))
                .extracting(Finding::rule)
                .containsExactly(LintRule.INPUT_NOT_FINITE);
    }

    @Test
    void whatIsRightIsNotNagged() {
        List<Model> models =
                List.of(
                        right(),
                        net(new SparseCategoricalCrossentropy(true), new Dense(CLASSES)),
                        net(sparse(), new BatchNormalization(), softmax(CLASSES)),
                        net(sparse(), new Rescaling(1), new Dropout(0.5), softmax(CLASSES)),
                        net(sparse(), new SGD(0.5), softmax(CLASSES)),
                        net(sparse(), new Adagrad(0.1), softmax(CLASSES)),
                        net(sparse(), softmax(CLASSES).withKernelInitializer(new Zeros())));
        for (Model model : models) {
            assertThat(Linter.probe(model, data(), FIT.withValidationSplit(0.2))).isEmpty();
        }
        float[] oneHot = new float[CLASSES * SAMPLES];
        int[] places = new int[4 * SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            oneHot[CLASSES * i + i % CLASSES] = 1;
            places[i] = i % CLASSES;
        }
        var squared = net(new MeanSquaredError(), new Dense(CLASSES));
        var asClasses = Dataset.of(x(), Column.of(oneHot, SAMPLES, CLASSES));
        assertThat(Linter.probe(squared, asClasses, FIT)).isEmpty();
        var sequences =
                Sequential.of(Input.of(4, 2), softmax(CLASSES)).compile(new Adam(), sparse());
        var steps = Column.of(numbers("steps", 8 * SAMPLES, 1), SAMPLES, 4, 2);
        assertThat(Linter.probe(sequences, Dataset.of(steps, Column.of(places, SAMPLES, 4)), FIT))
                .isEmpty();
        var labels = Column.of(numbers("y", 2 * SAMPLES, 0.2), SAMPLES, 2);
        assertThat(Linter.probe(regression(TANH, labels), Dataset.of(x(), labels), FIT)).isEmpty();
    }

    /// Findings of a training itself.
    private static List<Finding> trained(Model model, Dataset data, int epochs) {
        List<Finding> found = new ArrayList<>();
        var settings = Fit.epochs(epochs).withBatchSize(2);
        var watch = Linter.callback(model, data, settings, found::add);
        model.fit(data, settings.withCallbacks(watch).withoutLint());
        return found;
    }

    /// A student's report trained clocks so: a loss of 1e12 beside an accuracy of 89.55 %.
    @Test
    void aLossThatGrowsIsCalledOut() {
        var labels = Column.of(numbers("y", SAMPLES, 100), SAMPLES, 1);
        var model = net(new MeanSquaredError(), new SGD(0.9), new Dense(1));
        var found = trained(model, Dataset.of(x(), labels), 3);
        assertThat(found)
                .extracting(Finding::rule)
                .containsExactly(LintRule.ACCURACY_OF_REGRESSION, LintRule.EXPLODING_LOSS);
        assertThat(found.getLast().sentence())
                .contains("the training diverges. Lower the learning rate");
    }

    @Test
    void aLossAtChanceIsCalledOutWithItsCause() {
        var zero = new Zeros();
        var model =
                net(
                        sparse(),
                        new Dense(8).withActivation(RELU).withKernelInitializer(zero),
                        softmax(CLASSES));
        assertThat(trained(model, data(), 5))
                .extracting(Finding::rule)
                .containsExactly(LintRule.EQUAL_UNITS, LintRule.LOSS_AT_CHANCE, LintRule.DEAD_RELU);
        assertThat(trained(model, data(), 5).get(1).sentence())
                .contains("no better than guessing among 3 classes")
                .contains(
                        "A reason may be that the rectifier of \"dense\" gives 0 for every sample");
    }

    @Test
    void aTrainingThatLearnsIsNotNagged() {
        float[] values = new float[4 * SAMPLES];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 4 % CLASSES == i % 4 ? 1 : 0;
        }
        var data = Dataset.of(Column.of(values, SAMPLES, 4), Column.labels(classes(0)));
        assertThat(trained(right(), data, 10)).isEmpty();
    }

    @Test
    void everyRuleHasAnExample() {
        var shown = EnumSet.of(LintRule.EXPLODING_LOSS, LintRule.LOSS_AT_CHANCE);
        Stream.of(inputs(), heads(), labels(), layers())
                .flatMap(List::stream)
                .forEach(example -> shown.add(example.rule));
        assertThat(shown).containsExactlyInAnyOrder(LintRule.values());
    }

    @Test
    void fewOfTheLabelsThatAreMadeOnDemandAreLookedAt() {
        var made = new AtomicInteger();
        int rows = 100_000;
        var x = Column.of(new float[4 * rows], rows, 4);
        var y =
                Column.of(
                        rows,
                        Shape.of(2),
                        DType.FLOAT32,
                        (row, sample) -> {
                            made.incrementAndGet();
                            sample.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 0, row);
                        });
        try (var model =
                Sequential.of(Input.of(4), new Dense(2))
                        .initialize(1)
                        .compile(new Adam(), new MeanSquaredError())) {
            Linter.probe(model, Dataset.of(x, y), FIT);
        }
        assertThat(made.get()).isBetween(1, 5000);
    }
}
