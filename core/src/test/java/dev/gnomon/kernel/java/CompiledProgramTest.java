package dev.gnomon.kernel.java;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gnomon.graph.Op.BinaryFunction;
import dev.gnomon.graph.Op.UnaryFunction;
import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Element;
import dev.gnomon.kernel.Frame;
import dev.gnomon.kernel.Region;
import dev.gnomon.kernel.avx512.MachineCode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Machine code gives the bits that the interpreter gives.
final class CompiledProgramTest {
    private static final int SAMPLES = 3;
    private static final int ROOM = 1 << 20;
    private static final float[] SPECIAL = {
        0f,
        -0f,
        1f,
        -1f,
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        88.8f,
        -80f,
        1e30f
    };

    @BeforeAll
    static void needsTheProcessor() {
        assumeTrue(MachineCode.isSupported(), "this machine has no AVX-512, or is not Linux");
    }

    /// A program with places for what it reads and writes.
    private static final class Draft {
        final Random random;
        final long elements;
        final List<Instruction> program = new ArrayList<>();
        final List<Integer> live = new ArrayList<>();
        final List<Buffer> results = new ArrayList<>();
        int registers;
        long bytes;

        Draft(long seed, long elements) {
            this.random = new Random(seed);
            this.elements = elements;
        }

        Buffer room(long floats, boolean perSample) {
            long at = bytes;
            bytes += (4 * floats * (perSample ? SAMPLES : 1) + 127) / 64 * 64;
            return new Buffer(Region.SHARED, at, perSample ? 4 * floats : 0, 0);
        }

        void loadHalf() {
            Buffer place = room(elements, true);
            program.add(new Instruction.Load(registers, half(place), Pattern.FULL));
            live.add(registers++);
        }

        private static Buffer half(Buffer place) {
            return new Buffer(
                    place.region(), place.offset(), place.sampleBytes() / 2, 0, Element.BFLOAT16);
        }

        void load(Pattern pattern) {
            long floats =
                    pattern.full()
                            ? elements
                            : pattern.middle() == Long.MAX_VALUE
                                    ? pattern.inner()
                                    : elements / pattern.middle();
            boolean perSample = pattern.middle() != Long.MAX_VALUE;
            program.add(new Instruction.Load(registers, room(floats, perSample), pattern));
            live.add(registers++);
        }

        int any() {
            return live.get(random.nextInt(live.size()));
        }

        void store(int register) {
            Buffer to = room(elements, true);
            program.add(new Instruction.Store(register, to));
            Buffer rounded = room(elements, true);
            program.add(new Instruction.Store(register, half(rounded)));
            results.add(half(rounded));
            results.add(to);
        }
    }

    private static float[] run(Draft draft, boolean compiled) {
        Instruction[] program = draft.program.toArray(new Instruction[0]);
        var code = ProgramCompiler.compile(program, draft.registers, true, draft.elements);
        assertThat(code).as("compiles").isNotNull();
        var call =
                new ElementwiseCall(
                        program, draft.registers, true, draft.elements, compiled ? code : null);
        try (var arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(draft.bytes + 64, 64);
            var random = new Random(17);
            for (long i = 0; i < draft.bytes / 4; i++) {
                float value =
                        random.nextInt(16) == 0
                                ? SPECIAL[random.nextInt(SPECIAL.length)]
                                : (float) random.nextGaussian() * 3;
                int high = Float.floatToRawIntBits(value) >>> 16; // each half is a bfloat16 number
                memory.setAtIndex(JAVA_INT, i, high << 16 | (value == 0 ? 0 : high));
            }
            var frame = new Frame(0);
            frame.base(Region.SHARED, memory.address());
            frame.conversion(arena.allocate(4 * Frame.REGISTER + 32, 64).address());
            frame.scratch(arena.allocate(ROOM, 64).address());
            frame.step(SAMPLES, 5, 7);
            frame.shard(0, 0, SAMPLES);
            call.run(frame, 0);
            int count = (int) (SAMPLES * draft.elements);
            float[] values = new float[draft.results.size() * count];
            for (int i = 0; i < draft.results.size(); i++) {
                long at = frame.address(draft.results.get(i)) - memory.address();
                if (draft.results.get(i).element() == Element.FLOAT32) {
                    MemorySegment.copy(memory, JAVA_FLOAT, at, values, i * count, count);
                    continue;
                }
                for (int j = 0; j < count; j++) {
                    int half = memory.get(JAVA_SHORT, at + 2L * j);
                    values[i * count + j] = Float.intBitsToFloat(half << 16);
                }
            }
            return values;
        }
    }

    private static void same(Draft draft) {
        float[] interpreted = run(draft, false);
        float[] compiled = run(draft, true);
        for (int i = 0; i < interpreted.length; i++) {
            int a = Float.floatToIntBits(normal(interpreted[i]));
            int b = Float.floatToIntBits(normal(compiled[i]));
            assertThat(b)
                    .as(
                            "element %d of %s: %s, compiled %s",
                            i, draft.program, interpreted[i], compiled[i])
                    .isEqualTo(a);
        }
    }

    private static float normal(float value) {
        return Math.abs(value) < Float.MIN_NORMAL ? value * 0f : value;
    }

    private static final List<UnaryFunction> UNARY =
            List.of(
                    UnaryFunction.NEGATE,
                    UnaryFunction.ABS,
                    UnaryFunction.SIGN,
                    UnaryFunction.SQRT,
                    UnaryFunction.SQUARE,
                    UnaryFunction.RECIPROCAL,
                    UnaryFunction.RELU,
                    UnaryFunction.FLOOR,
                    UnaryFunction.EXP,
                    UnaryFunction.SIGMOID);

    private static final List<BinaryFunction> BINARY =
            List.of(
                    BinaryFunction.ADD,
                    BinaryFunction.SUBTRACT,
                    BinaryFunction.MULTIPLY,
                    BinaryFunction.DIVIDE,
                    BinaryFunction.MAXIMUM,
                    BinaryFunction.MINIMUM,
                    BinaryFunction.EQUAL,
                    BinaryFunction.NOT_EQUAL,
                    BinaryFunction.LESS,
                    BinaryFunction.LESS_EQUAL,
                    BinaryFunction.GREATER,
                    BinaryFunction.GREATER_EQUAL);

    static List<Instruction> instructions() {
        List<Instruction> all = new ArrayList<>();
        UNARY.forEach(function -> all.add(new Instruction.Unary(3, function, 0)));
        BINARY.forEach(function -> all.add(new Instruction.Binary(3, function, 0, 1)));
        all.add(new Instruction.Select(3, 0, 1, 2));
        all.add(new Instruction.Gate(3, 0, 1));
        all.add(new Instruction.Clip(3, 0, -1.5f, 0.25f));
        all.add(new Instruction.Dropout(3, 0, 0.3f, "dropout"));
        all.add(new Instruction.Move(3, 1));
        all.add(new Instruction.Fill(3, 2.5f));
        return all;
    }

    @ParameterizedTest
    @MethodSource("instructions")
    void everyInstruction(Instruction instruction) {
        for (long elements : new long[] {1, 15, 16, 17, 64, 1000, 4093}) {
            var draft = new Draft(1, elements);
            IntStream.range(0, 3).forEach(_ -> draft.load(Pattern.FULL));
            draft.program.add(instruction);
            draft.registers = 4;
            draft.store(3);
            same(draft);
        }
    }

    @Test
    void everyStretch() {
        for (Pattern pattern :
                List.of(
                        Pattern.SCALAR,
                        new Pattern(Long.MAX_VALUE, 12),
                        new Pattern(Long.MAX_VALUE, 60),
                        new Pattern(Long.MAX_VALUE, 1200),
                        new Pattern(1200, 1),
                        new Pattern(4, 1),
                        new Pattern(10, 60))) {
            var draft = new Draft(2, 1200);
            draft.load(Pattern.FULL);
            draft.load(pattern);
            draft.program.add(new Instruction.Binary(2, BinaryFunction.ADD, 0, 1));
            draft.program.add(new Instruction.Dropout(2, 2, 0.5f, "layer"));
            draft.registers = 3;
            draft.store(2);
            same(draft);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void randomPrograms(long seed) {
        var draft = new Draft(seed, 1 + new Random(seed).nextInt(3000));
        Random random = draft.random;
        int loads = 1 + random.nextInt(12);
        for (int i = 0; i < loads; i++) {
            if (random.nextInt(4) == 0) {
                draft.loadHalf();
            } else {
                draft.load(random.nextInt(4) == 0 ? Pattern.SCALAR : Pattern.FULL);
            }
        }
        while (draft.registers < 14 + random.nextInt(12)) {
            int to = draft.registers;
            int a = draft.any();
            int b = draft.any();
            draft.program.add(
                    switch (random.nextInt(8)) {
                        case 0 -> new Instruction.Gate(to, a, b);
                        case 1 -> new Instruction.Clip(to, a, -0.5f, 2);
                        case 2 -> new Instruction.Select(to, a, b, draft.any());
                        case 3, 4 ->
                                new Instruction.Unary(
                                        to, UNARY.get(random.nextInt(UNARY.size())), a);
                        default ->
                                new Instruction.Binary(
                                        to, BINARY.get(random.nextInt(BINARY.size())), a, b);
                    });
            draft.live.add(draft.registers++);
            if (random.nextInt(5) == 0) {
                draft.store(to);
            }
        }
        draft.store(draft.registers - 1);
        same(draft);
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @Test
    void subnormalNumbersAreZeroAndTheProcessorsModeIsPutBack() {
        var draft = new Draft(3, 16);
        draft.load(Pattern.FULL);
        draft.program.add(new Instruction.Fill(1, 1e-30f));
        draft.program.add(new Instruction.Binary(2, BinaryFunction.MULTIPLY, 1, 1));
        draft.registers = 3;
        draft.store(2);
        assertThat(run(draft, true)).containsOnly(0f);
        float tiny = Float.parseFloat("1e-30");
        assertThat(tiny * 1e-10f).isGreaterThan(0f);
    }

    @Test
    void whatHasNoVectorFormIsInterpreted() {
        Instruction[] program = {
            new Instruction.Fill(0, 1), new Instruction.Unary(0, UnaryFunction.TANH, 0)
        };
        assertThat(ProgramCompiler.compile(program, 1, false, 8)).isNull();
    }
}
