package dev.gnomon.model;

import static dev.gnomon.activation.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.check.ConfigException;
import dev.gnomon.check.DataException;
import dev.gnomon.check.ShapeException;
import dev.gnomon.data.Column;
import dev.gnomon.data.Dataset;
import dev.gnomon.layer.Add;
import dev.gnomon.layer.Concatenate;
import dev.gnomon.layer.Conv2D;
import dev.gnomon.layer.Dense;
import dev.gnomon.layer.Flatten;
import dev.gnomon.layer.Input;
import dev.gnomon.layer.Reshape;
import dev.gnomon.loss.BinaryCrossentropy;
import dev.gnomon.loss.CategoricalCrossentropy;
import dev.gnomon.loss.Loss;
import dev.gnomon.loss.Losses;
import dev.gnomon.loss.MeanSquaredError;
import dev.gnomon.loss.SparseCategoricalCrossentropy;
import dev.gnomon.metric.Metrics;
import dev.gnomon.metric.SparseCategoricalAccuracy;
import dev.gnomon.optimizer.Adam;
import dev.gnomon.train.Fit;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a wrong call is told: where, what was expected and received, and how to mend it.
class ErrorTextsTest {
    private static Model classifier() {
        return Sequential.of(Input.of(4), new Dense(3).withActivation(SOFTMAX).named("kind"));
    }

    private static Dataset data(int... label) {
        int count = 1;
        for (int size : label) {
            count *= size;
        }
        return Dataset.of(Column.of(new float[40], 10, 4), Column.of(new float[count], label));
    }

    private static void config(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(ConfigException.class).hasMessage(message);
    }

    private static void shape(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(ShapeException.class).hasMessage(message);
    }

    private static void data(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(DataException.class).hasMessage(message);
    }

    private static ThrowingCallable fit(Loss loss, int... label) {
        var model = classifier();
        model.compile(new Adam(), loss);
        return () -> model.fit(data(label), Fit.epochs(1));
    }

    @Test
    void classNumbersForCategoricalCrossentropy() {
        shape(
                fit(new CategoricalCrossentropy(), 10),
                "Output \"kind\": labels of shape [batch] do not fit predictions of shape [batch, 3]"
                        + " for the loss categorical_crossentropy. The labels look like class numbers:"
                        + " use sparse_categorical_crossentropy, or one-hot labels.");
        shape(
                fit(new CategoricalCrossentropy(), 10, 1),
                "Output \"kind\": labels of shape [batch, 1] do not fit predictions of shape"
                        + " [batch, 3] for the loss categorical_crossentropy. The labels look like class"
                        + " numbers: use sparse_categorical_crossentropy, or one-hot labels.");
    }

    @Test
    void oneHotLabelsForSparseCrossentropy() {
        shape(
                fit(new SparseCategoricalCrossentropy(), 10, 3),
                "Output \"kind\": labels of shape [batch, 3] do not fit predictions of shape"
                        + " [batch, 3] for the loss sparse_categorical_crossentropy. It needs class"
                        + " numbers [batch]; the labels look one-hot: use categorical_crossentropy.");
        shape(
                fit(new SparseCategoricalCrossentropy(), 10, 2),
                "Output \"kind\": labels of shape [batch, 2] do not fit predictions of shape"
                        + " [batch, 3] for the loss sparse_categorical_crossentropy. It needs one class"
                        + " number for each prediction [batch].");
    }

    @ParameterizedTest
    @CsvSource({
        "mean_squared_error",
        "mean_absolute_error",
        "binary_crossentropy",
        "huber",
        "cosine_similarity"
    })
    void wrongNumberOfValuesForLossesOfValues(String loss) {
        shape(
                fit(Losses.byName(loss), 10, 2),
                "Output \"kind\": labels of shape [batch, 2] do not fit predictions of shape"
                        + " [batch, 3] for the loss "
                        + Losses.byName(loss).name()
                        + ". It needs one value for each predicted value: labels of shape [batch, 3],"
                        + " or a last layer that predicts [batch, 2].");
    }

    @Test
    void aFlattenThatIsTooLong() {
        assertThatThrownBy(() ->
                        Sequential.of(Input.of(60_000, 60_000, 3), new Flatten(), new Dense(10)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining(
                        "Flatten: a sample of shape [60000, 60000, 3] has 10800000000 values, but an axis holds at most"
                                + " 2147483647. Make the pictures smaller before.");
    }

    @Test
    void classNumbersForALossOfValues() {
        shape(
                fit(new BinaryCrossentropy(), 10),
                "Output \"kind\": labels of shape [batch] do not fit predictions of shape [batch, 3]"
                        + " for the loss binary_crossentropy. It needs one value for each predicted"
                        + " value: labels of shape [batch, 3], or a last layer that predicts [batch].");
    }

    @Test
    void aMetricThatDoesNotFitTheHead() {
        var model = classifier();
        model.compile(
                new Adam(),
                new CategoricalCrossentropy(),
                new SparseCategoricalAccuracy("accuracy"));
        shape(
                () -> model.fit(data(10, 3), Fit.epochs(1)),
                "Output \"kind\": labels of shape [batch, 3] do not fit predictions of shape"
                        + " [batch, 3] for the metric accuracy. It needs class numbers [batch]; the"
                        + " labels look one-hot: use categorical_accuracy.");
    }

    @Test
    void allFaultsOfTheLabelsAtOnce() {
        var x = Input.of(4);
        var model =
                Functional.of(
                        List.of(x),
                        List.of(
                                new Dense(3).named("kind").apply(x),
                                new Dense(2).named("place").apply(x)));
        model.compile(
                new Adam(),
                Losses.perOutput()
                        .with("kind", new SparseCategoricalCrossentropy())
                        .with("place", new MeanSquaredError()));
        var wrong =
                Dataset.of(Column.of(new float[40], 10, 4))
                        .withTarget("kind", Column.of(new float[30], 10, 3))
                        .withTarget("place", Column.of(new float[50], 10, 5));
        shape(
                () -> model.fit(wrong, Fit.epochs(1)),
                """
                The labels do not fit, for 2 reasons:
                 1. Output "kind": labels of shape [batch, 3] do not fit predictions of shape [batch, 3] for the loss sparse_categorical_crossentropy. It needs class numbers [batch]; the labels look one-hot: use categorical_crossentropy.
                 2. Output "place": labels of shape [batch, 5] do not fit predictions of shape [batch, 2] for the loss mean_squared_error. It needs one value for each predicted value: labels of shape [batch, 2], or a last layer that predicts [batch, 5].\
                """);
        data(
                () -> model.fit(Dataset.of(Column.of(new float[40], 10, 4)), Fit.epochs(1)),
                """
                The data do not fit the model, for 2 reasons:
                 1. The model's output "kind" has no labels in the data; the data have none: Dataset.of(x, y).
                 2. The model's output "place" has no labels in the data; the data have none: Dataset.of(x, y).\
                """);
    }

    @Test
    void labelsOfTheValidationDataBeforeTheFirstEpoch() {
        var model = classifier();
        model.compile(new Adam(), new SparseCategoricalCrossentropy());
        assertThatThrownBy(() -> model.fit(data(10), Fit.epochs(1).withValidation(data(10, 3))))
                .hasMessageStartingWith("Output \"kind\": labels of shape [batch, 3] do not fit");
        org.assertj.core.api.Assertions.assertThat(model.state().iteration()).isZero();
    }

    @Test
    void samplesOfAnotherShape() {
        var model = classifier();
        data(
                () -> model.predict(Column.of(new float[50], 10, 5)),
                "Input \"input_layer\": the data have samples of shape [5], but the model needs [4]."
                        + " Resize the data, or change the model's input.");
        data(
                () -> model.predict(Column.of(new float[40], 10, 2, 2)),
                "Input \"input_layer\": the data have samples of shape [2, 2], but the model needs"
                        + " [4]. Bring the data to it: column.withSampleShape(4).");
    }

    @Test
    void anInputThatIsNotInTheData() {
        var left = Input.of(2).named("left");
        var right = Input.of(2).named("right");
        var model = Functional.of(List.of(left, right), List.of(new Add().apply(left, right)));
        data(
                () -> model.predict(Dataset.of(Column.of(new float[20], 10, 2)), 32),
                """
                The data do not fit the model, for 2 reasons:
                 1. The model's input "left" is not in the data; the data have the inputs [x]. Name the data's columns after the model's inputs [left, right].
                 2. The model's input "right" is not in the data; the data have the inputs [x]. Name the data's columns after the model's inputs [left, right].\
                """);
    }

    @Test
    void aLossForAnOutputThatIsNotThere() {
        config(
                () ->
                        classifier()
                                .compile(
                                        new Adam(),
                                        Losses.perOutput()
                                                .with("kinds", new SparseCategoricalCrossentropy()),
                                        Metrics.perOutput().with("x", Metrics.accuracy())),
                """
                compile, for 2 reasons:
                 1. There is no output "kinds" for the loss sparse_categorical_crossentropy; the model has the outputs [kind]. Did you mean "kind"?
                 2. There is no output "x" for the metric accuracy; the model has the outputs [kind].\
                """);
        config(
                () -> classifier().compile(new Adam(), Losses.perOutput()),
                "No output has a loss. Give one for each, as in"
                        + " Losses.perOutput().with(\"kind\", new MeanSquaredError()).");
    }

    @Test
    void aMetricThatDoesNotSayForWhichOutput() {
        var x = Input.of(4);
        var model =
                Functional.of(List.of(x), List.of(new Dense(3).apply(x), new Dense(3).apply(x)));
        config(
                () -> model.compile(new Adam(), new MeanSquaredError(), Metrics.accuracy()),
                "The model has the outputs [dense, dense_1]: say which one the metric accuracy is for,"
                        + " as in Metrics.perOutput().with(\"dense\", ...).");
    }

    @Test
    void trainingWithoutCompiling() {
        config(
                () -> classifier().fit(data(10), Fit.epochs(1)),
                "The model is not compiled. Call compile(optimizer, loss, metrics) first, for example"
                        + " model.compile(new Adam(), new SparseCategoricalCrossentropy(),"
                        + " Metrics.accuracy()).");
    }

    @Test
    void batchSizesAndSplitsOutOfRange() {
        config(
                () -> Fit.epochs(1).withBatchSize(0),
                "Fit: batchSize must be at least 1, but is 0.");
        config(() -> Fit.epochs(0), "Fit: epochs must be at least 1, but is 0.");
        config(
                () -> Fit.epochs(1).withValidationSplit(1),
                "Fit: validationSplit must be at least 0 and below 1, but is 1.0.");
        config(
                () -> Fit.epochs(1).withValidationSplit(-0.1),
                "Fit: validationSplit must be at least 0 and below 1, but is -0.1.");
        config(
                () -> Fit.epochs(1).withValidationSplit(0.1).withValidation(data(10)),
                "Fit: there is a validation set and a validationSplit of 0.1 too; give one of them.");
        var model = classifier();
        model.compile(new Adam(), new SparseCategoricalCrossentropy());
        data(
                () -> model.fit(data(10), Fit.epochs(1).withValidationSplit(0.95)),
                "Fit: a validationSplit of 0.95 of 10 samples leaves nothing to train on.");
        config(() -> model.evaluate(data(10), 0), "The batch size must be at least 1, but is 0.");
        config(() -> model.predict(data(10), 0), "The batch size must be at least 1, but is 0.");
        config(() -> model.plan(0), "The batch size must be at least 1, but is 0.");
    }

    @Test
    void layersAndWeightsThatAreNotThere() {
        var model = classifier();
        config(
                () -> model.layer("kinds"),
                "There is no layer \"kinds\"; there are [kind]. Did you mean \"kind\"?");
        config(() -> model.upTo("conv2d"), "There is no layer \"conv2d\"; there are [kind].");
        config(
                () -> model.layer(1),
                "There is no layer 1; the model has 1 layers, 0 to 0 (inputs do not count).");
        config(
                () -> model.weight("kind/kernal"),
                "There is no weight \"kind/kernal\"; there are [kind/kernel, kind/bias]."
                        + " Did you mean \"kind/kernel\"?");
        shape(
                () -> model.setWeight("kind/bias", dev.gnomon.tensor.Tensor.of(new float[2], 2)),
                "\"kind/bias\" has the shape [3], but received [2].");
    }

    @Test
    void namesThatAreTakenOrCannotBe() {
        config(
                () -> Sequential.of(Input.of(4), new Dense(3).named("a"), new Dense(2).named("a")),
                "Two layers are named \"a\"; the second is Dense. Names within a model must differ:"
                        + " give one of them another by named(...), or apply one layer twice to share"
                        + " its weights.");
        config(
                () -> new Dense(3).named("a/b"),
                "Dense: the name \"a/b\" must not be empty nor contain \"/\".");
    }

    @Test
    void inputsThatAreNotTheModels() {
        var x = Input.of(4).named("x");
        var stranger = Input.of(4).named("stranger");
        var sum = new Add().apply(x, stranger);
        config(
                () -> Functional.of(x, sum),
                "An output depends on Input[batch, 4] \"stranger\", which is not among the model's"
                        + " inputs. Add it to the list of inputs.");
        config(
                () -> Functional.of(sum, new Dense(2).apply(sum)),
                "An input of a model must come from Input.of(...), but Add[batch, 4] is the output of"
                        + " a layer Add. To use a part of a model, cut it: model.upTo(layer).");
        config(
                () -> Functional.of(List.of(x, x), List.of(new Dense(2).apply(x))),
                "Input[batch, 4] \"x\" is listed twice among the model's inputs.");
        config(
                () -> Sequential.of(new Dense(3)),
                "Sequential: the first piece must be an input, such as Input.of(28, 28, 1).");
    }

    @Test
    void shapesThatDoNotFitNameTheLayer() {
        shape(
                () -> Sequential.of(Input.of(5, 5, 1), new Conv2D(8, 7).named("wide")),
                "Conv2D at \"wide\": A 7×7 window does not fit an input of 5×5. Received"
                        + " [batch, 5, 5, 1]. Use padding SAME or a smaller window. The layer's input"
                        + " is [batch, 5, 5, 1].");
        shape(
                () -> new Add().named("sum").apply(Input.of(4), Input.of(3)),
                "Add at \"sum\": [batch, 4] and [batch, 3] do not broadcast: counted from the end,"
                        + " each pair of axes must be equal or one of them 1. The layer's inputs are"
                        + " [batch, 4] and [batch, 3].");
        shape(
                () -> new Concatenate().named("join").apply(Input.of(4, 2), Input.of(3, 2)),
                "Concatenate at \"join\": Concatenate along axis 2: all other axes must be equal, but"
                        + " received [[batch, 4, 2], [batch, 3, 2]]. The layer's inputs are [batch, 4, 2] and [batch, 3, 2].");
        shape(
                () -> new Dense(3).apply(Input.of(3), Input.of(4)),
                "Dense: Dense takes one input, but received 2. Join them first, with Concatenate or Add."
                        + " The layer's inputs are [batch, 3] and [batch, 4].");
        shape(
                () -> new Conv2D(3, 3).apply(Input.of(28, 28)),
                "Conv2D: The input must be images [batch, height, width, channels]; add a missing"
                        + " axis with Reshape. The layer's input is [batch, 28, 28].");
        shape(
                () -> new Reshape(5, 5).apply(Input.of(24)),
                "Reshape: 24 values of a sample do not fit the shape [5, 5]. The layer's input is"
                        + " [batch, 24].");
    }

    @Test
    void anOwnLoopWithOtherData() {
        var model = Sequential.of(Input.of(4), new Flatten(), new Dense(1));
        try (var step = model.trainingStep(new MeanSquaredError(), new Adam())) {
            var batch = Dataset.of(Column.of(new float[50], 10, 5), Column.of(new float[10], 10));
            data(
                    () -> step.run(batch.batches(10).iterator().next()),
                    "Input \"input_layer\": the batch has 5 values for each sample, but the model needs"
                            + " [4]. Resize the data, or change the model's input.");
        }
    }
}
