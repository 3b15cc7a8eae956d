package dev.gnomon.kernel.avx512;

import dev.gnomon.kernel.avx512.Encoder.Address;

/// Writes a function of machine code that loops over streams of floats, sixteen at a time: `f(table, bytes, mask)`.
///
/// `table` holds what the loop reads from 8-byte slots: addresses of streams, numbers. `bytes` is the length of the part
/// that is a multiple of 64 bytes, `mask` says which of the next sixteen elements are left. The body is written twice: for
/// whole vectors, and for the rest. Subnormal numbers count as zero, since some processors take a hundred times as long for
/// them; the processor's mode is put back at the end. The calling convention is System V's.
///
/// Vector registers 0 to 31 are the caller's to use, mask registers 2 to 7 too.
public final class Assembler {
    /// Bytes of a vector, and so of a step of the loop.
    public static final int VECTOR = 64;

    /// How registers are used: the loop's index in rax, half of it in rbp, the table in rdi, the length in rsi, the mask in
    /// rdx.
    private static final int INDEX = 0;

    private static final int HALF_INDEX = 5;

    private static final int TABLE = 7;

    /// Registers for the addresses of the first streams: rcx, r8, r9, r10, rbx, r12, r14, r15. The others are read from the
    /// table each time, to r11.
    private static final int[] ADDRESSES = {1, 8, 9, 10, 3, 12, 14, 15};

    private static final int SPARE = 11;
    private static final int REST = 1;

    /// An operand in memory.
    private enum Memory {
        /// A vector at the index of a stream.
        STREAM,
        /// A vector of half as many bytes at the index of a stream.
        HALF_STREAM,
        /// A vector in the table.
        TABLE,
        /// One element in the table for all lanes.
        TABLE_ELEMENT,
        /// One element at a stream's address for all lanes.
        STREAM_ELEMENT
    }

    /// The body of the loop.
    public interface Body {
        void write(Assembler code);
    }

    private final Encoder out = new Encoder();
    private boolean rest;
    private final int[] streams;

    /// @param streams the slots of the table that hold addresses of streams
    public Assembler(int... streams) {
        this.streams = streams.clone();
    }

    /// The function: `before` runs once, `body` for each vector.
    public byte[] function(Body before, Body body) {
        out.bytes(0x53, 0x55, 0x41, 0x54, 0x41, 0x56, 0x41, 0x57); // push rbx, rbp, r12, r14, r15
        out.subnormalsAreZero();
        for (int i = 0; i < Math.min(streams.length, ADDRESSES.length); i++) {
            out.loadAddress(ADDRESSES[i], TABLE, MachineCode.SLOT * streams[i]);
        }
        before.write(this);
        out.bytes(0x31, 0xC0, 0x31, 0xED); // xor eax, eax; xor ebp, ebp
        out.bytes(0x48, 0x85, 0xF6); // test rsi, rsi
        int toRest = out.jump(Encoder.EQUAL);
        int loop = out.here();
        body.write(this);
        out.add(INDEX, VECTOR);
        out.add(HALF_INDEX, VECTOR / 2);
        out.bytes(0x48, 0x39, 0xF0); // cmp rax, rsi
        out.jump(Encoder.BELOW, loop);
        out.land(toRest, out.here());
        out.bytes(0x85, 0xD2); // test edx, edx
        int toEnd = out.jump(Encoder.EQUAL);
        out.bytes(0xC5, 0xF8, 0x92, 0xCA); // kmovw k1, edx
        rest = true;
        body.write(this);
        out.land(toEnd, out.here());
        out.putModeBack();
        out.bytes(0x41, 0x5F, 0x41, 0x5E, 0x41, 0x5C, 0x5D, 0x5B); // pop r15, r14, r12, rbp, rbx
        out.giveBack();
        return out.toBytes();
    }

    // ---- streams and the table

    /// Reads the next vector of a stream.
    public void load(int to, int slot) {
        memory(Simd.LOAD, to, 0, Memory.STREAM, slot, mask(), rest, 2);
    }

    /// Writes the next vector of a stream.
    public void store(int from, int slot) {
        memory(Simd.STORE, from, 0, Memory.STREAM, slot, mask(), false, 2);
    }

    /// Reads the next sixteen bfloat16 numbers of a stream.
    public void loadHalf(int to, int slot) {
        memory(Simd.WIDEN_SHORTS, to, 0, Memory.HALF_STREAM, slot, mask(), rest, 2);
        shiftLeft(to, to, 16);
    }

    /// Writes the lower halves of a vector's ints as the next shorts of a stream.
    public void storeShorts(int from, int slot) {
        memory(Simd.STORE_SHORTS, from, 0, Memory.HALF_STREAM, slot, mask(), false, 2);
    }

    /// Fills a vector with the one float that a stream's address points to.
    public void loadOne(int to, int slot) {
        memory(Simd.BROADCAST, to, 0, Memory.STREAM_ELEMENT, slot, Encoder.ALL, false, 2);
    }

    /// Fills a vector with a float of the table.
    public void fill(int to, int slot) {
        memory(Simd.BROADCAST, to, 0, Memory.TABLE_ELEMENT, slot, Encoder.ALL, false, 2);
    }

    /// Fills a vector with a float of the table where the mask is set, else with zero.
    public void fill(int to, int slot, int mask) {
        memory(Simd.BROADCAST, to, 0, Memory.TABLE_ELEMENT, slot, mask, true, 2);
    }

    /// Reads four longs from the table.
    public void loadFourLongs(int to, int slot) {
        memory(Simd.LOAD_LONGS, to, 0, Memory.TABLE, slot, Encoder.ALL, false, 1);
    }

    // ---- arithmetic

    public void op(Simd op, int to, int x) {
        registers(op, to, 0, x, Encoder.ALL, false, 2);
    }

    public void op(Simd op, int to, int a, int b) {
        registers(op, to, a, b, Encoder.ALL, false, 2);
    }

    /// An op whose second operand is a number of the table.
    public void withNumber(Simd op, int to, int a, int slot) {
        memory(op, to, a, Memory.TABLE_ELEMENT, slot, Encoder.ALL, false, 2);
    }

    public void op(Simd op, int to, int a, int b, int immediate) {
        registers(op, to, a, b, Encoder.ALL, false, 2);
        out.bytes(immediate);
    }

    /// `to = mask ? b : a`.
    public void blend(int to, int mask, int a, int b) {
        registers(Simd.BLEND, to, a, b, mask, false, 2);
    }

    /// `to = mask ? x : 0`.
    public void keep(int to, int mask, int x) {
        registers(Simd.MOVE, to, 0, x, mask, true, 2);
    }

    /// Compares unsigned integers with a number of the table into a mask.
    public void compareUnsigned(int mask, int a, int slot, int predicate) {
        memory(Simd.COMPARE_UNSIGNED, mask, a, Memory.TABLE_ELEMENT, slot, Encoder.ALL, false, 2);
        out.bytes(predicate);
    }

    public void zero(int to) {
        op(Simd.XOR, to, to, to);
    }

    public void shiftLeft(int to, int x, int count) {
        registers(Simd.SHIFT_INTS, 6, to, x, Encoder.ALL, false, 2);
        out.bytes(count);
    }

    /// Shifts unsigned integers to the right.
    public void shiftRightUnsigned(int to, int x, int count) {
        registers(Simd.SHIFT_INTS, 2, to, x, Encoder.ALL, false, 2);
        out.bytes(count);
    }

    /// Shifts signed integers to the right.
    public void shiftRight(int to, int x, int count) {
        registers(Simd.SHIFT_INTS, 4, to, x, Encoder.ALL, false, 2);
        out.bytes(count);
    }

    // ---- four longs at a time

    public void longs(Simd op, int to, int a, int b) {
        registers(op, to, a, b, Encoder.ALL, false, 1);
    }

    public void longsWithNumber(Simd op, int to, int a, int slot) {
        memory(op, to, a, Memory.TABLE_ELEMENT, slot, Encoder.ALL, false, 1);
    }

    /// Shifts four unsigned longs to the right.
    public void shiftLongs(int to, int x, int count) {
        registers(Simd.SHIFT_LONGS, 2, to, x, Encoder.ALL, false, 1);
        out.bytes(count);
    }

    // ---- operands

    private int mask() {
        return rest ? REST : Encoder.ALL;
    }

    private void registers(
            Simd op, int reg, int second, int rm, int mask, boolean zero, int length) {
        out.registers(op, reg, second, rm, mask, zero, length);
    }

    private void memory(
            Simd op,
            int reg,
            int second,
            Memory kind,
            int slot,
            int mask,
            boolean zero,
            int length) {
        Address at =
                switch (kind) {
                    case STREAM -> new Address(address(slot), INDEX, 0, false);
                    case HALF_STREAM -> new Address(address(slot), HALF_INDEX, 0, false);
                    case STREAM_ELEMENT -> Address.of(address(slot), 0).forAllLanes();
                    case TABLE -> Address.of(TABLE, MachineCode.SLOT * slot);
                    case TABLE_ELEMENT -> Address.of(TABLE, MachineCode.SLOT * slot).forAllLanes();
                };
        out.memory(op, reg, second, at, mask, zero, length);
    }

    /// The register that holds a stream's address.
    private int address(int slot) {
        for (int i = 0; i < Math.min(streams.length, ADDRESSES.length); i++) {
            if (streams[i] == slot) {
                return ADDRESSES[i];
            }
        }
        out.loadAddress(SPARE, TABLE, MachineCode.SLOT * slot);
        return SPARE;
    }
}
