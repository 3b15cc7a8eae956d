package dev.gnomon.kernel.java;

import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.DropoutStream;
import dev.gnomon.kernel.Frame;
import dev.gnomon.kernel.avx512.Assembler;
import dev.gnomon.kernel.avx512.MachineCode;
import dev.gnomon.random.Key;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// An elementwise program as machine code. Its loop knows only streams that go on by one element, and single numbers; so an
/// array that is stretched cuts the work into runs, within which it is one or the other. Short vectors are repeated in
/// scratch memory first, so that runs are not too short.
final class CompiledProgram {
    /// The elements up to which a short vector is repeated.
    private static final int TILE = 2048;

    private static final int LANES = Assembler.VECTOR / Float.BYTES;

    /// Where a stream lies and how it is stretched.
    private record Stream(int slot, Buffer buffer, Pattern pattern) {
        /// Whether a vector is repeated to a tile.
        boolean tiled() {
            return pattern.middle() == Long.MAX_VALUE
                    && pattern.inner() > 1
                    && pattern.inner() <= TILE / 2;
        }

        long tile() {
            return TILE / pattern.inner() * pattern.inner();
        }
    }

    private record Draws(int slot, String stream) {}

    /// What stands in which slot of the table that the code reads.
    static final class Slots {
        private final List<Stream> streams = new ArrayList<>();
        private final List<Draws> draws = new ArrayList<>();
        private final List<Long> numbers = new ArrayList<>();
        private final List<Integer> numbersAt = new ArrayList<>();
        private int count;

        int stream(Buffer buffer, Pattern pattern) {
            streams.add(new Stream(count, buffer, pattern));
            return count++;
        }

        /// Four longs from which a vector's draws are made.
        int draws(String stream) {
            draws.add(new Draws(count, stream));
            count += 4;
            return count - 4;
        }

        int number(float value) {
            return bits(Float.floatToRawIntBits(value));
        }

        int bits(int value) {
            return longNumber(value & 0xFFFFFFFFL);
        }

        int longNumber(long value) {
            int known = numbers.indexOf(value);
            if (known >= 0) {
                return numbersAt.get(known);
            }
            numbers.add(value);
            numbersAt.add(count);
            return count++;
        }

        int count() {
            return count;
        }
    }

    private final MachineCode code;
    private final Stream[] streams;
    private final Draws[] draws;
    private final long[] numbers;
    private final int[] numbersAt;
    private final boolean sharded;
    private final long elements;

    CompiledProgram(MachineCode code, Slots slots, boolean sharded, long elements) {
        this.code = code;
        this.streams = slots.streams.toArray(new Stream[0]);
        this.draws = slots.draws.toArray(new Draws[0]);
        this.numbers = slots.numbers.stream().mapToLong(Long::longValue).toArray();
        this.numbersAt = slots.numbersAt.stream().mapToInt(Integer::intValue).toArray();
        this.sharded = sharded;
        this.elements = elements;
    }

    long scratchBytes() {
        long bytes = 0;
        for (Stream stream : streams) {
            bytes += stream.tiled() ? 4 * TILE : 0;
        }
        return bytes;
    }

    /// Computes the elements of a range.
    void run(Frame frame, long from, long to) {
        long table = frame.conversion();
        for (int i = 0; i < numbers.length; i++) {
            MachineCode.put(table, numbersAt[i], numbers[i]);
        }
        long tile = frame.scratch();
        for (Stream stream : streams) {
            if (stream.tiled()) {
                long wanted = from % stream.tile() + to - from;
                repeat(frame.address(stream.buffer), stream.pattern.inner(), tile, wanted);
                tile += 4 * TILE;
            }
        }
        long at = from;
        while (at < to) {
            long end = aim(frame, table, at, to);
            long count = end - at;
            code.run(table, 4 * (count / LANES * LANES), (1 << (int) (count % LANES)) - 1);
            at = end;
        }
    }

    /// Writes the addresses for a run from `at`, and gives where it ends.
    private long aim(Frame frame, long table, long at, long to) {
        long end = to;
        long tile = frame.scratch();
        for (Stream stream : streams) {
            long inner = stream.pattern.inner();
            long middle = stream.pattern.middle();
            long base = frame.address(stream.buffer);
            long element;
            if (stream.pattern.full()) {
                element = at;
            } else if (stream.tiled()) {
                base = tile;
                tile += 4 * TILE;
                element = at % stream.tile();
                end = Math.min(end, at + stream.tile() - element);
            } else if (inner == 1) {
                element = at / middle;
                end = middle == Long.MAX_VALUE ? end : Math.min(end, (element + 1) * middle);
            } else {
                long within = at % inner;
                element =
                        middle == Long.MAX_VALUE ? within : at / (middle * inner) * inner + within;
                end = Math.min(end, at + inner - within);
            }
            MachineCode.put(table, stream.slot, base + stream.buffer.element().bytes() * element);
        }
        for (Draws draw : draws) {
            long sample = sharded ? at / elements : 0;
            long element = at - sample * elements;
            end = Math.min(end, at + elements - element);
            long key =
                    DropoutStream.sampleBits(
                            frame.seed(),
                            draw.stream,
                            frame.iteration(),
                            sharded ? frame.firstSample() + sample : 0);
            for (int i = 0; i < 4; i++) {
                MachineCode.put(table, draw.slot + i, key + ((element >> 2) + i) * Key.GOLDEN);
            }
        }
        return end;
    }

    /// Writes a vector again and again, until a tile is full or `wanted` elements are there.
    private static void repeat(long vector, long length, long tile, long wanted) {
        long all = Math.min(TILE / length * length, (wanted + length - 1) / length * length);
        MemorySegment.copy(Frame.MEMORY, vector, Frame.MEMORY, tile, 4 * length);
        for (long done = length; done < all; ) {
            long more = Math.min(done, all - done);
            MemorySegment.copy(Frame.MEMORY, tile, Frame.MEMORY, tile + 4 * done, 4 * more);
            done += more;
        }
    }
}
