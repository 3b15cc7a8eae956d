package dev.gnomon.plan;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gnomon.check.ShapeException;
import dev.gnomon.tensor.NativeMemory;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import dev.gnomon.tensor.TensorView;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Weights and state by path, in native memory that plans borrow. Several of these may name the same memory: that is how
/// models share weights. The memory is freed when nobody can reach it any more.
///
/// Reading while a plan writes gives a mix of old and new values; the model orders the two.
public final class Parameters {
    /// Values with a shape in one place of memory.
    private record Parameter(Shape shape, MemorySegment memory, AtomicLong version)
            implements TensorView {
        @Override
        public Tensor tensor() {
            float[] values = new float[(int) shape.elements()];
            MemorySegment.copy(memory, JAVA_FLOAT, 0, values, 0, values.length);
            return new Tensor(shape, values);
        }

        @Override
        public void copyTo(ByteBuffer target) {
            MemorySegment.copy(
                    memory,
                    JAVA_FLOAT,
                    0,
                    MemorySegment.ofBuffer(target),
                    LITTLE_ENDIAN,
                    0,
                    shape.elements());
            target.position(target.position() + Math.toIntExact(memory.byteSize()));
        }
    }

    private static final ValueLayout.OfFloat LITTLE_ENDIAN =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Map<String, Parameter> parameters = new LinkedHashMap<>();

    /// No parameters.
    public Parameters() {}

    /// New parameters, all zero, in one block.
    ///
    /// @param shapes the shape of each by its path
    public static Parameters allocate(Map<String, Shape> shapes) {
        long bytes = 0;
        for (Shape shape : shapes.values()) {
            bytes += align(4 * shape.elements());
        }
        MemorySegment block =
                bytes == 0 ? MemorySegment.NULL : NativeMemory.allocate(Arena.ofAuto(), bytes);
        var version = new AtomicLong(1);
        var made = new Parameters();
        long at = 0;
        for (var entry : shapes.entrySet()) {
            long size = 4 * entry.getValue().elements();
            made.parameters.put(
                    entry.getKey(),
                    new Parameter(entry.getValue(), block.asSlice(at, size), version));
            at += align(size);
        }
        return made;
    }

    /// Names a parameter of another set here too; both are the same memory.
    public void share(String path, Parameters other, String otherPath) {
        parameters.put(path, other.find(otherPath));
    }

    /// Names all parameters of another set here too.
    public void shareAll(Parameters other) {
        parameters.putAll(other.parameters);
    }

    /// Another of some paths that names the same memory, or null.
    public @Nullable String alias(String path, List<String> paths) {
        Parameter parameter = find(path);
        for (String other : paths) {
            if (!other.equals(path) && find(other).equals(parameter)) {
                return other;
            }
        }
        return null;
    }

    static long align(long bytes) {
        return (bytes + 63) / 64 * 64;
    }

    public Set<String> paths() {
        return parameters.keySet();
    }

    public boolean has(String path) {
        return parameters.containsKey(path);
    }

    public Shape shape(String path) {
        return find(path).shape;
    }

    /// A copy of a parameter.
    public Tensor get(String path) {
        return find(path).tensor();
    }

    /// A parameter where it lies.
    public TensorView view(String path) {
        return find(path);
    }

    /// The first path whose values are not all finite, or null.
    public @Nullable String firstNotFinite() {
        for (var entry : parameters.entrySet()) {
            MemorySegment memory = entry.getValue().memory;
            for (long at = 0; at < memory.byteSize(); at += Float.BYTES) {
                if (!Float.isFinite(memory.get(JAVA_FLOAT, at))) {
                    return entry.getKey();
                }
            }
        }
        return null;
    }

    /// Gives all elements one value.
    public void fill(String path, float value) {
        Parameter parameter = find(path);
        for (long at = 0; at < parameter.memory.byteSize(); at += Float.BYTES) {
            parameter.memory.set(JAVA_FLOAT, at, value);
        }
        parameter.version.incrementAndGet();
    }

    public void set(String path, Tensor value) {
        Parameter parameter = find(path);
        if (!parameter.shape.equals(value.shape())) {
            throw new ShapeException(
                    "\""
                            + path
                            + "\" has the shape "
                            + parameter.shape
                            + ", but received "
                            + value.shape()
                            + ".");
        }
        MemorySegment.copy(value.values(), 0, parameter.memory, JAVA_FLOAT, 0, value.size());
        parameter.version.incrementAndGet();
    }

    /// A number that grows with every change.
    long version() {
        long sum = 0;
        for (Parameter parameter : parameters.values()) {
            sum += parameter.version.get();
        }
        return sum;
    }

    void changed() {
        for (Parameter parameter : parameters.values()) {
            parameter.version.incrementAndGet();
        }
    }

    /// Makes zeros of all numbers smaller than this.
    public void flush(float least) {
        for (Parameter parameter : parameters.values()) {
            MemorySegment memory = parameter.memory;
            for (long at = 0; at < memory.byteSize(); at += Float.BYTES) {
                if (Math.abs(memory.get(JAVA_FLOAT, at)) < least) {
                    memory.set(JAVA_FLOAT, at, 0);
                }
            }
        }
    }

    /// The absolute address of a parameter.
    long address(String path) {
        return find(path).memory.address();
    }

    /// The bytes of all parameters; memory with several names counts once.
    public long bytes() {
        return parameters.values().stream()
                .distinct()
                .mapToLong(parameter -> align(parameter.memory.byteSize()))
                .sum();
    }

    private Parameter find(String path) {
        Parameter parameter = parameters.get(path);
        if (parameter == null) {
            throw new IllegalArgumentException(
                    "There is no weight \"" + path + "\"; there are " + parameters.keySet() + ".");
        }
        return parameter;
    }
}
