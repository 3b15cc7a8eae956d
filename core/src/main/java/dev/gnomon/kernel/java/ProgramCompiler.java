package dev.gnomon.kernel.java;

import dev.gnomon.graph.Op.BinaryFunction;
import dev.gnomon.graph.Op.UnaryFunction;
import dev.gnomon.kernel.DropoutStream;
import dev.gnomon.kernel.Element;
import dev.gnomon.kernel.Frame;
import dev.gnomon.kernel.avx512.Assembler;
import dev.gnomon.kernel.avx512.MachineCode;
import dev.gnomon.kernel.avx512.Simd;
import dev.gnomon.kernel.java.CompiledProgram.Slots;
import dev.gnomon.random.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes machine code of an elementwise program: the same operations in the same order as the interpreter, so the same bits
/// (but for subnormal numbers, which count as zero).
final class ProgramCompiler {
    private static final Set<UnaryFunction> SCALAR_ONLY =
            Set.of(
                    UnaryFunction.TANH,
                    UnaryFunction.EXPM1,
                    UnaryFunction.LOG,
                    UnaryFunction.LOG1P,
                    UnaryFunction.SIN,
                    UnaryFunction.COS,
                    UnaryFunction.TAN,
                    UnaryFunction.ASIN,
                    UnaryFunction.ACOS,
                    UnaryFunction.ATAN,
                    UnaryFunction.ERF);

    /// The last registers hold what lives within one instruction.
    private static final int T0 = 31;

    private static final int T1 = 30;
    private static final int T2 = 29;
    private static final int T3 = 28;

    /// A mask register.
    private static final int K = 2;

    // predicates of comparisons
    private static final int EQUAL = 0;
    private static final int UNORDERED = 3;
    private static final int NOT_EQUAL_OR_UNORDERED = 4;
    private static final int EQUAL_OR_UNORDERED = 8;
    private static final int LESS = 0x11;
    private static final int LESS_OR_EQUAL = 0x12;
    private static final int GREATER_OR_EQUAL = 0x1D;
    private static final int GREATER = 0x1E;
    private static final int INT_NOT_LESS = 5;
    private static final int INT_LESS = 1;

    // immediates
    private static final int TO_FLOOR = 9;
    private static final int SMALLER = 4;
    private static final int LARGER = 5;

    private final Instruction[] program;
    private final Slots slots = new Slots();
    private final int[] operands;
    private final List<Integer> streams = new ArrayList<>();
    private final int[] draws;
    private int nextDraws = T3 - 1;

    private ProgramCompiler(Instruction[] program) {
        this.program = program;
        this.operands = new int[program.length];
        this.draws = new int[program.length];
    }

    /// The program as machine code; null where it holds a function that has no vector form, needs too many registers, or
    /// where the machine cannot run such code.
    ///
    /// @param registers how many registers the program uses
    /// @param sharded whether the elements are those of a shard's samples
    /// @param elements elements of a sample, or of the whole
    static @Nullable CompiledProgram compile(
            Instruction[] program, int registers, boolean sharded, long elements) {
        if (!MachineCode.isSupported() || !suits(program, registers)) {
            return null;
        }
        var compiler = new ProgramCompiler(program);
        compiler.assignSlots();
        var assembler =
                new Assembler(compiler.streams.stream().mapToInt(Integer::intValue).toArray());
        byte[] code = assembler.function(compiler::before, compiler::body);
        if (compiler.slots.count() * MachineCode.SLOT > 4 * Frame.REGISTER) {
            return null;
        }
        MachineCode function = MachineCode.of(code);
        return function == null
                ? null
                : new CompiledProgram(function, compiler.slots, sharded, elements);
    }

    private static boolean suits(Instruction[] program, int registers) {
        int dropouts = 0;
        boolean fours = true;
        for (Instruction instruction : program) {
            switch (instruction) {
                case Instruction.Unary(var _, var function, var _)
                        when SCALAR_ONLY.contains(function) -> {
                    return false;
                }
                case Instruction.Binary(var _, var function, var _, var _)
                        when function == BinaryFunction.POWER
                                || function == BinaryFunction.ATAN2 -> {
                    return false;
                }
                case Instruction.Dropout _ -> dropouts++;
                case Instruction.Load(var _, var _, var pattern)
                        when !pattern.full() && !pattern.equals(Pattern.SCALAR) ->
                        fours &=
                                (pattern.inner() == 1 ? pattern.middle() : pattern.inner()) % 4
                                        == 0;
                default -> {}
            }
        }
        return registers + dropouts <= T3 && (dropouts == 0 || fours);
    }

    private void assignSlots() {
        for (int i = 0; i < program.length; i++) {
            switch (program[i]) {
                case Instruction.Load(var _, var from, var pattern) -> {
                    operands[i] = slots.stream(from, pattern);
                    streams.add(operands[i]);
                }
                case Instruction.Store(var _, var to) -> {
                    operands[i] = slots.stream(to, Pattern.FULL);
                    streams.add(operands[i]);
                }
                case Instruction.Fill(var _, var value) -> operands[i] = slots.number(value);
                case Instruction.Dropout(var _, var _, var _, var stream) -> {
                    operands[i] = slots.draws(stream);
                    draws[i] = nextDraws--;
                }
                default -> {}
            }
        }
    }

    private void before(Assembler code) {
        for (int i = 0; i < program.length; i++) {
            switch (program[i]) {
                case Instruction.Load(var to, var _, var pattern)
                        when pattern.equals(Pattern.SCALAR) ->
                        code.loadOne(to, operands[i]);
                case Instruction.Fill(var to, var _) -> code.fill(to, operands[i]);
                case Instruction.Dropout _ -> code.loadFourLongs(draws[i], operands[i]);
                default -> {}
            }
        }
    }

    private void body(Assembler code) {
        for (int i = 0; i < program.length; i++) {
            switch (program[i]) {
                case Instruction.Load(var to, var from, var pattern) -> {
                    if (from.element() == Element.BFLOAT16) {
                        code.loadHalf(to, operands[i]);
                    } else if (pattern.full() || pattern.inner() > 1) {
                        code.load(to, operands[i]);
                    } else if (!pattern.equals(Pattern.SCALAR)) {
                        code.loadOne(to, operands[i]);
                    }
                }
                case Instruction.Fill _ -> {}
                case Instruction.Move(var to, var x) -> code.op(Simd.MOVE, to, x);
                case Instruction.Unary(var to, var function, var x) -> unary(code, function, to, x);
                case Instruction.Binary(var to, var function, var a, var b) ->
                        binary(code, function, to, a, b);
                case Instruction.Select(var to, var condition, var a, var b) -> {
                    code.zero(T0);
                    code.op(Simd.COMPARE, K, condition, T0, NOT_EQUAL_OR_UNORDERED);
                    code.blend(to, K, b, a);
                }
                case Instruction.Gate(var to, var x, var gate) -> {
                    code.withNumber(Simd.ADD_INTS, T0, gate, slots.bits(-1));
                    code.compareUnsigned(K, T0, slots.bits(BitMath.INFINITE), INT_LESS);
                    code.keep(to, K, x);
                }
                case Instruction.Clip(var to, var x, var low, var high) -> {
                    code.fill(T3, slots.number(high));
                    extreme(code, SMALLER, to, T3, x);
                    code.fill(T3, slots.number(low));
                    extreme(code, LARGER, to, T3, to);
                }
                case Instruction.Dropout(var to, var x, var rate, var _) ->
                        dropout(code, draws[i], rate, to, x);
                case Instruction.Store(var from, var to) -> {
                    if (to.element() == Element.BFLOAT16) {
                        storeHalf(code, from, operands[i]);
                    } else {
                        code.store(from, operands[i]);
                    }
                }
            }
        }
    }

    private void unary(Assembler code, UnaryFunction function, int to, int x) {
        switch (function) {
            case NEGATE -> code.withNumber(Simd.XOR, to, x, slots.bits(Integer.MIN_VALUE));
            case ABS -> code.withNumber(Simd.AND, to, x, slots.bits(Integer.MAX_VALUE));
            case SIGN -> {
                code.withNumber(Simd.AND, T0, x, slots.bits(Integer.MIN_VALUE));
                code.withNumber(Simd.OR, T0, T0, slots.number(1));
                code.zero(T1);
                code.op(Simd.COMPARE, K, x, T1, EQUAL_OR_UNORDERED);
                code.blend(to, K, T0, x);
            }
            case SQRT -> code.op(Simd.SQUARE_ROOT, to, x);
            case SQUARE -> code.op(Simd.MULTIPLY, to, x, x);
            case RECIPROCAL -> {
                code.fill(T0, slots.number(1));
                code.op(Simd.DIVIDE, to, T0, x);
            }
            case RELU -> {
                code.zero(T0);
                code.op(Simd.MAXIMUM, to, T0, x); // the second where one is no number
                code.op(Simd.ADD, to, to, T0); // -0 becomes +0
            }
            case FLOOR -> code.op(Simd.ROUND, to, 0, x, TO_FLOOR);
            case EXP -> exp(code, to, x);
            case SIGMOID -> {
                code.withNumber(Simd.XOR, to, x, slots.bits(Integer.MIN_VALUE));
                exp(code, to, to);
                code.fill(T0, slots.number(1));
                code.op(Simd.ADD, to, T0, to);
                code.op(Simd.DIVIDE, to, T0, to);
            }
            default -> throw new AssertionError(function);
        }
    }

    private void binary(Assembler code, BinaryFunction function, int to, int a, int b) {
        switch (function) {
            case ADD -> code.op(Simd.ADD, to, a, b);
            case SUBTRACT -> code.op(Simd.SUBTRACT, to, a, b);
            case MULTIPLY -> code.op(Simd.MULTIPLY, to, a, b);
            case DIVIDE -> code.op(Simd.DIVIDE, to, a, b);
            case MAXIMUM -> extreme(code, LARGER, to, a, b);
            case MINIMUM -> extreme(code, SMALLER, to, a, b);
            case EQUAL -> compare(code, EQUAL, to, a, b);
            case NOT_EQUAL -> compare(code, NOT_EQUAL_OR_UNORDERED, to, a, b);
            case LESS -> compare(code, LESS, to, a, b);
            case LESS_EQUAL -> compare(code, LESS_OR_EQUAL, to, a, b);
            case GREATER -> compare(code, GREATER, to, a, b);
            case GREATER_EQUAL -> compare(code, GREATER_OR_EQUAL, to, a, b);
            case POWER, ATAN2 -> throw new AssertionError(function);
        }
    }

    private void compare(Assembler code, int predicate, int to, int a, int b) {
        code.op(Simd.COMPARE, K, a, b, predicate);
        code.fill(to, slots.number(1), K);
    }

    /// The smaller or larger of two; no number where one of them is none.
    private static void extreme(Assembler code, int which, int to, int a, int b) {
        code.op(Simd.COMPARE, K, a, b, UNORDERED);
        code.op(Simd.ADD, T0, a, b);
        code.op(Simd.RANGE, T1, a, b, which);
        code.blend(to, K, T1, T0);
    }

    /// As [VectorMath#exp].
    private void exp(Assembler code, int to, int x) {
        code.fill(T0, slots.number(VectorMath.EXP_BOUND));
        code.op(Simd.MINIMUM, T0, T0, x);
        code.fill(T1, slots.number(-VectorMath.EXP_BOUND));
        code.op(Simd.MAXIMUM, T3, T1, T0);
        code.withNumber(Simd.MULTIPLY, T0, T3, slots.number(VectorMath.LOG2_E));
        code.op(Simd.TO_INTS, T0, T0);
        code.op(Simd.FROM_INTS, T1, T0);
        code.withNumber(Simd.MULTIPLY, T2, T1, slots.number(VectorMath.LN_2_HIGH));
        code.op(Simd.SUBTRACT, T2, T3, T2);
        code.withNumber(Simd.MULTIPLY, T1, T1, slots.number(VectorMath.LN_2_LOW));
        code.op(Simd.ADD, T2, T2, T1);
        code.fill(T1, slots.number(VectorMath.EXP_POLYNOMIAL[0]));
        for (int i = 1; i < VectorMath.EXP_POLYNOMIAL.length; i++) {
            code.op(Simd.MULTIPLY, T1, T1, T2);
            code.withNumber(Simd.ADD, T1, T1, slots.number(VectorMath.EXP_POLYNOMIAL[i]));
        }
        code.op(Simd.MULTIPLY, T1, T1, T2);
        code.op(Simd.MULTIPLY, T1, T1, T2);
        code.op(Simd.ADD, T1, T1, T2);
        code.withNumber(Simd.ADD, T1, T1, slots.number(1));
        code.shiftRight(T3, T0, 1);
        code.op(Simd.SUBTRACT_INTS, T0, T0, T3);
        for (int half : new int[] {T3, T0}) {
            code.withNumber(Simd.ADD_INTS, half, half, slots.bits(127));
            code.shiftLeft(half, half, 23);
            code.op(Simd.MULTIPLY, T1, T1, half);
        }
        code.op(Simd.MOVE, to, T1);
    }

    /// As [BitMath#writeHalf].
    private void storeHalf(Assembler code, int x, int slot) {
        code.shiftRightUnsigned(T0, x, 16);
        code.withNumber(Simd.AND, T0, T0, slots.bits(1));
        code.withNumber(Simd.ADD_INTS, T0, T0, slots.bits(0x7FFF));
        code.op(Simd.ADD_INTS, T0, T0, x);
        code.shiftRightUnsigned(T0, T0, 16);
        code.op(Simd.COMPARE, K, x, x, UNORDERED);
        code.fill(T1, slots.bits(0x7FC0));
        code.blend(T0, K, T0, T1);
        code.storeShorts(T0, slot);
    }

    /// As [BitMath#dropout]: four draws of 64 bits decide on sixteen elements.
    private void dropout(Assembler code, int positions, float rate, int to, int x) {
        code.shiftLongs(T0, positions, 30);
        code.longs(Simd.XOR_LONGS, T0, T0, positions);
        code.longsWithNumber(Simd.MULTIPLY_LONGS, T0, T0, slots.longNumber(Key.MIX_1));
        code.shiftLongs(T1, T0, 27);
        code.longs(Simd.XOR_LONGS, T0, T0, T1);
        code.longsWithNumber(Simd.MULTIPLY_LONGS, T0, T0, slots.longNumber(Key.MIX_2));
        code.shiftLongs(T1, T0, 31);
        code.longs(Simd.XOR_LONGS, T0, T0, T1);
        code.longsWithNumber(
                Simd.ADD_LONGS, positions, positions, slots.longNumber(Key.GOLDEN << 2));
        code.op(Simd.WIDEN_SHORTS, T0, T0);
        code.compareUnsigned(K, T0, slots.bits(DropoutStream.threshold(rate)), INT_NOT_LESS);
        code.withNumber(Simd.MULTIPLY, T1, x, slots.number(DropoutStream.scale(rate)));
        code.keep(to, K, T1);
    }
}
