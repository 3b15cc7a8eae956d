package dev.gnomon.plan;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gnomon.check.ShapeException;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The values of a model's weights and state in one block of native memory, which plans borrow. It is freed when nobody can
/// reach it any more.
///
/// Reading while a plan writes gives a mix of old and new values; the model orders the two.
public final class Parameters {
    private record Place(long offset, Shape shape) {}

    private final Map<String, Place> places = new LinkedHashMap<>();
    private final MemorySegment memory;
    private volatile long version = 1;

    /// @param shapes the shape of each parameter by its path
    public Parameters(Map<String, Shape> shapes) {
        long bytes = 0;
        for (var entry : shapes.entrySet()) {
            places.put(entry.getKey(), new Place(bytes, entry.getValue()));
            bytes += align(4 * entry.getValue().elements());
        }
        memory = Arena.ofAuto().allocate(Math.max(64, bytes), 64);
    }

    static long align(long bytes) {
        return (bytes + 63) / 64 * 64;
    }

    public Set<String> paths() {
        return places.keySet();
    }

    public boolean has(String path) {
        return places.containsKey(path);
    }

    public Shape shape(String path) {
        return place(path).shape;
    }

    /// A copy of a parameter.
    public Tensor get(String path) {
        Place place = place(path);
        float[] values = new float[(int) place.shape.elements()];
        MemorySegment.copy(memory, JAVA_FLOAT, place.offset, values, 0, values.length);
        return new Tensor(place.shape, values);
    }

    public void set(String path, Tensor value) {
        Place place = place(path);
        if (!place.shape.equals(value.shape())) {
            throw new ShapeException(
                    "\"" + path + "\" has the shape " + place.shape + ", but received " + value.shape() + ".");
        }
        MemorySegment.copy(value.values(), 0, memory, JAVA_FLOAT, place.offset, value.size());
        changed();
    }

    /// A number that grows with every change.
    long version() {
        return version;
    }

    synchronized void changed() {
        version = version + 1;
    }

    long offset(String path) {
        return place(path).offset;
    }

    long address() {
        return memory.address();
    }

    /// All the bytes.
    public long bytes() {
        return memory.byteSize();
    }

    private Place place(String path) {
        Place place = places.get(path);
        if (place == null) {
            throw new IllegalArgumentException("There is no weight \"" + path + "\"; there are " + places.keySet() + ".");
        }
        return place;
    }
}
