package dev.gnomon.kernel.java;

import dev.gnomon.graph.Op.BinaryFunction;
import dev.gnomon.graph.Op.UnaryFunction;
import dev.gnomon.kernel.Buffer;

/// One instruction of an elementwise program over registers of a block.
sealed interface Instruction {
    /// Fills a register with the elements of an operand.
    record Load(int to, Buffer from, Pattern pattern) implements Instruction {}

    record Fill(int to, float value) implements Instruction {}

    record Move(int to, int x) implements Instruction {}

    record Unary(int to, UnaryFunction function, int x) implements Instruction {}

    record Binary(int to, BinaryFunction function, int a, int b) implements Instruction {}

    record Select(int to, int condition, int a, int b) implements Instruction {}

    /// `gate > 0 ? x : 0`: the gradient of a rectifier.
    record Gate(int to, int x, int gate) implements Instruction {}

    record Clip(int to, int x, float low, float high) implements Instruction {}

    record Dropout(int to, int x, float rate, String stream) implements Instruction {}

    record Store(int from, Buffer to) implements Instruction {}
}
