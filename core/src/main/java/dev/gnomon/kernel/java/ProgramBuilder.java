package dev.gnomon.kernel.java;

import dev.gnomon.graph.Op;
import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Call;
import dev.gnomon.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes an elementwise program. Values are numbered by the caller; registers are given out again as soon as a value has
/// had its last use.
public final class ProgramBuilder {
    private final Shape shape;
    private final List<Instruction> program = new ArrayList<>();
    private final Map<Integer, Integer> registers = new HashMap<>();
    private final Map<Integer, Integer> usesLeft = new HashMap<>();
    private final List<Integer> free = new ArrayList<>();
    private int count;

    /// @param shape the shape that all results have
    /// @param uses how often each value is used by instructions to come
    public ProgramBuilder(Shape shape, Map<Integer, Integer> uses) {
        this.shape = shape;
        usesLeft.putAll(uses);
    }

    public void load(int value, Buffer from, Shape operand) {
        Pattern pattern = Pattern.of(operand, shape);
        if (pattern == null) {
            throw new AssertionError(operand + " cannot be stretched to " + shape);
        }
        boolean pinned = pattern.middle() == Long.MAX_VALUE;
        program.add(new Instruction.Load(define(value, pinned), from, pattern));
    }

    public void fill(int value, float number) {
        program.add(new Instruction.Fill(define(value, true), number));
    }

    /// The same numbers under another value, whose shape is the program's.
    public void move(int value, int x) {
        int in = take(x);
        program.add(new Instruction.Move(define(value, false), in));
    }

    public void unary(int value, Op.UnaryFunction function, int x) {
        int in = take(x);
        program.add(new Instruction.Unary(define(value, false), function, in));
    }

    public void binary(int value, Op.BinaryFunction function, int a, int b) {
        int first = take(a);
        int second = take(b);
        program.add(new Instruction.Binary(define(value, false), function, first, second));
    }

    public void select(int value, int condition, int a, int b) {
        int test = take(condition);
        int first = take(a);
        int second = take(b);
        program.add(new Instruction.Select(define(value, false), test, first, second));
    }

    /// `gate > 0 ? x : 0`.
    public void gate(int value, int x, int gate) {
        int in = take(x);
        int by = take(gate);
        program.add(new Instruction.Gate(define(value, false), in, by));
    }

    public void clip(int value, int x, float low, float high) {
        int in = take(x);
        program.add(new Instruction.Clip(define(value, false), in, low, high));
    }

    public void dropout(int value, int x, float rate, String stream) {
        int in = take(x);
        program.add(new Instruction.Dropout(define(value, false), in, rate, stream));
    }

    public void store(int value, Buffer to) {
        program.add(new Instruction.Store(register(value), to));
        release(value);
    }

    private int define(int value, boolean pinned) {
        int register = free.isEmpty() || pinned ? count++ : free.removeLast();
        registers.put(value, register);
        if (pinned) {
            usesLeft.put(value, Integer.MAX_VALUE);
        }
        return register;
    }

    private int register(int value) {
        Integer register = registers.get(value);
        if (register == null) {
            throw new AssertionError(value);
        }
        return register;
    }

    private int take(int value) {
        int register = register(value);
        release(value);
        return register;
    }

    private void release(int value) {
        int left = usesLeft.getOrDefault(value, 0) - 1;
        usesLeft.put(value, left);
        if (left == 0) {
            free.add(registers.get(value));
        }
    }

    public Call build() {
        return ElementwiseCall.of(
                program.toArray(new Instruction[0]), count, shape.isBatched(), shape.elements());
    }
}
