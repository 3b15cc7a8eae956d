package dev.gnomon.train;

import dev.gnomon.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a callback remembers of a run: numbers, texts and tensors by names of its own. Saved with the run. Not thread-safe.
public final class CallbackState {
    private final Map<String, Double> numbers = new TreeMap<>();
    private final Map<String, String> texts = new TreeMap<>();
    private final Map<String, Map<String, Tensor>> tensors = new TreeMap<>();

    /// A number, or what it is when nothing was remembered yet.
    public double number(String name, double otherwise) {
        return numbers.getOrDefault(name, otherwise);
    }

    /// Remembers a number.
    public void put(String name, double value) {
        numbers.put(name, value);
    }

    /// A text, or null when nothing was remembered yet.
    public @Nullable String text(String name) {
        return texts.get(name);
    }

    /// Remembers a text.
    public void put(String name, String value) {
        texts.put(name, value);
    }

    /// Tensors by path, or null when nothing was remembered yet.
    public @Nullable Map<String, Tensor> tensors(String name) {
        return tensors.get(name);
    }

    /// Remembers tensors.
    public void put(String name, Map<String, Tensor> values) {
        tensors.put(name, new LinkedHashMap<>(values));
    }

    /// Forgets what goes by a name.
    public void forget(String name) {
        numbers.remove(name);
        texts.remove(name);
        tensors.remove(name);
    }

    public Map<String, Double> numbers() {
        return Collections.unmodifiableMap(numbers);
    }

    public Map<String, String> texts() {
        return Collections.unmodifiableMap(texts);
    }

    public Map<String, Map<String, Tensor>> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    /// A copy that later changes do not reach; tensors are shared, for they do not change.
    public CallbackState copy() {
        var copy = new CallbackState();
        copy.numbers.putAll(numbers);
        copy.texts.putAll(texts);
        tensors.forEach(copy::put);
        return copy;
    }

    public boolean isEmpty() {
        return numbers.isEmpty() && texts.isEmpty() && tensors.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallbackState state
                && numbers.equals(state.numbers)
                && texts.equals(state.texts)
                && tensors.equals(state.tensors);
    }

    @Override
    public int hashCode() {
        return Objects.hash(numbers, texts, tensors);
    }

    @Override
    public String toString() {
        return numbers + " " + texts + " " + tensors.keySet();
    }
}
