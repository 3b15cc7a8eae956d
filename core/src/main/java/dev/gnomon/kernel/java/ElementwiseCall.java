package dev.gnomon.kernel.java;

import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.DropoutStream;
import dev.gnomon.kernel.Element;
import dev.gnomon.kernel.Frame;
import org.jspecify.annotations.Nullable;

/// A program of elementwise instructions: every array is read and written once, whatever the number of instructions. It runs
/// as machine code where that can be made of it, else block by block in an interpreter.
final class ElementwiseCall implements Call {
    /// Elements of a block of the whole: an eighth of them within these bounds.
    private static final long LEAST_TASK = 2 * Frame.REGISTER;

    private static final long MOST_TASK = 16 * Frame.REGISTER;

    private final Instruction[] program;
    private final int registers;
    private final boolean sharded;
    private final long elements;
    private final int block;
    private final boolean[] pinned;
    private final @Nullable CompiledProgram compiled;

    /// @param sharded whether the elements are those of a shard's samples
    /// @param elements elements of a sample, or of the whole
    /// @param compiled the same as machine code; null to interpret
    ElementwiseCall(
            Instruction[] program,
            int registers,
            boolean sharded,
            long elements,
            @Nullable CompiledProgram compiled) {
        this.program = program;
        this.registers = registers;
        this.sharded = sharded;
        this.elements = elements;
        this.compiled = compiled;
        this.block = blockSize(program);
        this.pinned = new boolean[program.length];
        for (int i = 0; i < program.length; i++) {
            pinned[i] =
                    switch (program[i]) {
                        case Instruction.Fill _ -> true;
                        case Instruction.Load(var _, var _, Pattern(var middle, var inner)) ->
                                middle == Long.MAX_VALUE && inner <= block && block % inner == 0;
                        default -> false;
                    };
        }
    }

    /// The call for a program: compiled where that is possible.
    static Call of(Instruction[] program, int registers, boolean sharded, long elements) {
        return new ElementwiseCall(
                program,
                registers,
                sharded,
                elements,
                ProgramCompiler.compile(program, registers, sharded, elements));
    }

    /// The largest multiple of the longest stretched vector that fits a register, so that the vector is read once.
    private static int blockSize(Instruction[] program) {
        long longest = 1;
        for (Instruction instruction : program) {
            if (instruction instanceof Instruction.Load load
                    && load.pattern().middle() == Long.MAX_VALUE
                    && load.pattern().inner() <= Frame.REGISTER) {
                longest = Math.max(longest, load.pattern().inner());
            }
        }
        return (int) (Frame.REGISTER / longest * longest);
    }

    @Override
    public int blocks() {
        return sharded ? 1 : (int) Math.max(1, (elements + taskSize() - 1) / taskSize());
    }

    long elements() {
        return elements;
    }

    private long taskSize() {
        return Math.clamp((elements + 7) / 8, LEAST_TASK, MOST_TASK) / block * block;
    }

    @Override
    public void run(Frame frame, int task) {
        long from = sharded ? 0 : task * taskSize();
        long to = sharded ? elements * frame.samples() : Math.min(elements, from + taskSize());
        run(frame, from, to);
    }

    /// Computes the elements of a range.
    void run(Frame frame, long from, long to) {
        if (compiled != null) {
            compiled.run(frame, from, to);
        } else {
            interpret(frame, from, to);
        }
    }

    @Override
    public long scratchBytes() {
        return compiled == null ? 0 : compiled.scratchBytes();
    }

    private void interpret(Frame frame, long from, long to) {
        float[][] register = frame.registers(registers + 1);
        int[] bits = frame.integers();
        boolean first = true;
        for (long at = from; at < to; at += block) {
            int n = (int) Math.min(block, to - at);
            for (int i = 0; i < program.length; i++) {
                if (first || !pinned[i]) {
                    step(frame, program[i], register, bits, at, pinned[i] ? block : n);
                }
            }
            first = false;
        }
    }

    private void step(
            Frame frame, Instruction instruction, float[][] r, int[] bits, long at, int n) {
        switch (instruction) {
            case Instruction.Load(var to, var from, var pattern) ->
                    load(frame, from, pattern, r[to], at, n);
            case Instruction.Fill(var to, var value) -> java.util.Arrays.fill(r[to], 0, n, value);
            case Instruction.Move(var to, var x) -> System.arraycopy(r[x], 0, r[to], 0, n);
            case Instruction.Unary(var to, var function, var x) ->
                    VectorMath.unary(function, r[x], r[to], n, bits);
            case Instruction.Binary(var to, var function, var a, var b) ->
                    VectorMath.binary(function, r[a], r[b], r[to], n);
            case Instruction.Select(var to, var condition, var a, var b) ->
                    VectorMath.select(r[condition], r[a], r[b], r[to], n);
            case Instruction.Gate(var to, var x, var gate) ->
                    BitMath.gate(r[x], r[gate], r[to], n, frame);
            case Instruction.Clip(var to, var x, var low, var high) ->
                    VectorMath.clip(r[x], low, high, r[to], n);
            case Instruction.Dropout(var to, var x, var rate, var stream) ->
                    dropout(frame, rate, stream, r[x], r[to], at, n);
            case Instruction.Store(var from, var to) -> store(frame, r[from], to, at, n);
        }
    }

    private static void store(Frame frame, float[] from, Buffer to, long at, int n) {
        long address = frame.address(to) + to.element().bytes() * at;
        if (to.element() == Element.BFLOAT16) {
            BitMath.writeHalf(from, address, n, frame);
        } else {
            VectorMath.write(from, address, n);
        }
    }

    private static void load(
            Frame frame, Buffer from, Pattern pattern, float[] to, long at, int n) {
        long address = frame.address(from);
        if (from.element() == Element.BFLOAT16) {
            BitMath.readHalf(address + 2 * at, to, n, frame);
            return;
        }
        if (pattern.full()) {
            VectorMath.read(address + 4 * at, to, 0, n);
            return;
        }
        long inner = pattern.inner();
        long span = pattern.middle() == Long.MAX_VALUE ? Long.MAX_VALUE : pattern.middle() * inner;
        int filled = 0;
        while (filled < n) {
            long p = at + filled;
            long within = p % inner;
            long source = p / span * inner + within;
            if (inner == 1) {
                int run = (int) Math.min(n - filled, span - p % span);
                java.util.Arrays.fill(
                        to,
                        filled,
                        filled + run,
                        Frame.MEMORY.get(
                                java.lang.foreign.ValueLayout.JAVA_FLOAT, address + 4 * source));
                filled += run;
            } else {
                int run = (int) Math.min(n - filled, inner - within);
                VectorMath.read(address + 4 * source, to, filled, run);
                filled += run;
                if (span == Long.MAX_VALUE && filled == inner) {
                    filled = repeat(to, filled, n);
                }
            }
        }
    }

    /// Fills the rest by doubling what is there.
    private static int repeat(float[] to, int filled, int n) {
        int done = filled;
        while (done < n) {
            int run = Math.min(done, n - done);
            System.arraycopy(to, 0, to, done, run);
            done += run;
        }
        return done;
    }

    private void dropout(
            Frame frame, float rate, String stream, float[] x, float[] y, long at, int n) {
        int done = 0;
        while (done < n) {
            long p = at + done;
            long sample = sharded ? p / elements : 0;
            long element = sharded ? p % elements : p;
            int run = (int) Math.min(n - done, elements - element);
            long key =
                    DropoutStream.sampleBits(
                            frame.seed(),
                            stream,
                            frame.iteration(),
                            sharded ? frame.firstSample() + sample : 0);
            BitMath.dropout(key, rate, element, x, y, done, run, frame);
            done += run;
        }
    }

    @Override
    public String describe() {
        var text = new StringBuilder(compiled == null ? "elementwise java" : "elementwise avx512");
        for (Instruction instruction : program) {
            switch (instruction) {
                case Instruction.Unary(var _, var function, var _) ->
                        text.append(' ').append(function);
                case Instruction.Binary(var _, var function, var _, var _) ->
                        text.append(' ').append(function);
                case Instruction.Select _ -> text.append(" SELECT");
                case Instruction.Clip _ -> text.append(" CLIP");
                case Instruction.Gate _ -> text.append(" GATE");
                case Instruction.Dropout _ -> text.append(" DROPOUT");
                case Instruction.Load _,
                        Instruction.Fill _,
                        Instruction.Store _,
                        Instruction.Move _ -> {}
            }
        }
        return text.toString().toLowerCase(java.util.Locale.ROOT);
    }
}
