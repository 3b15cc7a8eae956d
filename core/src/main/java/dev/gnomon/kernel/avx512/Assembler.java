package dev.gnomon.kernel.avx512;

import java.util.Arrays;

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

    /// Bytes of a slot of the table.
    public static final int SLOT = 8;

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
    private static final int ALL = 0;

    /// What is added to a float's bits or read in place of a vector: the operand in memory of an instruction.
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

    private byte[] code = new byte[1024];
    private int size;
    private boolean rest;
    private final int[] streams;

    /// @param streams the slots of the table that hold addresses of streams
    public Assembler(int... streams) {
        this.streams = streams.clone();
    }

    /// The function: `before` runs once, `body` for each vector.
    public byte[] function(Body before, Body body) {
        bytes(0x53, 0x55, 0x41, 0x54, 0x41, 0x56, 0x41, 0x57); // push rbx, rbp, r12, r14, r15
        bytes(0x0F, 0xAE, 0x5C, 0x24, 0xF8); // stmxcsr [rsp - 8]
        bytes(0xC7, 0x44, 0x24, 0xFC, 0xC0, 0x9F, 0, 0); // mov [rsp - 4], subnormals are zero
        bytes(0x0F, 0xAE, 0x54, 0x24, 0xFC); // ldmxcsr [rsp - 4]
        for (int i = 0; i < Math.min(streams.length, ADDRESSES.length); i++) {
            loadAddress(ADDRESSES[i], streams[i]);
        }
        before.write(this);
        bytes(0x31, 0xC0, 0x31, 0xED); // xor eax, eax; xor ebp, ebp
        bytes(0x48, 0x85, 0xF6); // test rsi, rsi
        int toRest = jump(0x84); // je
        int loop = size;
        body.write(this);
        bytes(0x48, 0x83, 0xC0, VECTOR); // add rax, 64
        bytes(0x48, 0x83, 0xC5, VECTOR / 2); // add rbp, 32
        bytes(0x48, 0x39, 0xF0); // cmp rax, rsi
        land(jump(0x82), loop); // jb
        land(toRest, size);
        bytes(0x85, 0xD2); // test edx, edx
        int toEnd = jump(0x84); // je
        bytes(0xC5, 0xF8, 0x92, 0xCA); // kmovw k1, edx
        rest = true;
        body.write(this);
        land(toEnd, size);
        bytes(0x0F, 0xAE, 0x54, 0x24, 0xF8); // ldmxcsr [rsp - 8]
        bytes(0xC5, 0xF8, 0x77); // vzeroupper
        bytes(
                0x41, 0x5F, 0x41, 0x5E, 0x41, 0x5C, 0x5D, 0x5B,
                0xC3); // pop r15, r14, r12, rbp, rbx; ret
        return Arrays.copyOf(code, size);
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
        memory(Simd.BROADCAST, to, 0, Memory.STREAM_ELEMENT, slot, ALL, false, 2);
    }

    /// Fills a vector with a float of the table.
    public void fill(int to, int slot) {
        memory(Simd.BROADCAST, to, 0, Memory.TABLE, slot, ALL, false, 2);
    }

    /// Fills a vector with a float of the table where the mask is set, else with zero.
    public void fill(int to, int slot, int mask) {
        memory(Simd.BROADCAST, to, 0, Memory.TABLE, slot, mask, true, 2);
    }

    /// Reads four longs from the table.
    public void loadFourLongs(int to, int slot) {
        memory(Simd.LOAD_LONGS, to, 0, Memory.TABLE, slot, ALL, false, 1);
    }

    // ---- arithmetic

    public void op(Simd op, int to, int x) {
        registers(op, to, 0, x, ALL, false, 2);
    }

    public void op(Simd op, int to, int a, int b) {
        registers(op, to, a, b, ALL, false, 2);
    }

    /// An op whose second operand is a number of the table.
    public void withNumber(Simd op, int to, int a, int slot) {
        memory(op, to, a, Memory.TABLE_ELEMENT, slot, ALL, false, 2);
    }

    public void op(Simd op, int to, int a, int b, int immediate) {
        registers(op, to, a, b, ALL, false, 2);
        bytes(immediate);
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
        memory(Simd.COMPARE_UNSIGNED, mask, a, Memory.TABLE_ELEMENT, slot, ALL, false, 2);
        bytes(predicate);
    }

    public void zero(int to) {
        op(Simd.XOR, to, to, to);
    }

    public void shiftLeft(int to, int x, int count) {
        registers(Simd.SHIFT_INTS, 6, to, x, ALL, false, 2);
        bytes(count);
    }

    /// Shifts unsigned integers to the right.
    public void shiftRightUnsigned(int to, int x, int count) {
        registers(Simd.SHIFT_INTS, 2, to, x, ALL, false, 2);
        bytes(count);
    }

    /// Shifts signed integers to the right.
    public void shiftRight(int to, int x, int count) {
        registers(Simd.SHIFT_INTS, 4, to, x, ALL, false, 2);
        bytes(count);
    }

    // ---- four longs at a time

    public void longs(Simd op, int to, int a, int b) {
        registers(op, to, a, b, ALL, false, 1);
    }

    public void longsWithNumber(Simd op, int to, int a, int slot) {
        memory(op, to, a, Memory.TABLE_ELEMENT, slot, ALL, false, 1);
    }

    /// Shifts four unsigned longs to the right.
    public void shiftLongs(int to, int x, int count) {
        registers(Simd.SHIFT_LONGS, 2, to, x, ALL, false, 1);
        bytes(count);
    }

    // ---- encoding

    private int mask() {
        return rest ? REST : ALL;
    }

    private void registers(
            Simd op, int reg, int second, int rm, int mask, boolean zero, int length) {
        prefix(
                op,
                new Extension(reg, second, (rm >> 3) & 1, (rm >> 4) & 1),
                mask,
                zero,
                length,
                false);
        bytes(op.opcode, 0xC0 | (reg & 7) << 3 | (rm & 7));
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
        if (kind == Memory.TABLE || kind == Memory.TABLE_ELEMENT) {
            prefix(
                    op,
                    new Extension(reg, second, TABLE >> 3, 0),
                    mask,
                    zero,
                    length,
                    kind == Memory.TABLE_ELEMENT);
            bytes(op.opcode, 0x80 | (reg & 7) << 3 | TABLE);
            fourBytes(SLOT * slot);
            return;
        }
        int address = address(slot);
        prefix(op, new Extension(reg, second, address >> 3, 0), mask, zero, length, false);
        bytes(op.opcode, (reg & 7) << 3 | 4);
        int index =
                switch (kind) {
                    case STREAM -> INDEX;
                    case HALF_STREAM -> HALF_INDEX;
                    case STREAM_ELEMENT, TABLE, TABLE_ELEMENT -> 4; // none
                };
        bytes(index << 3 | (address & 7));
    }

    /// The high bits of an instruction's registers.
    ///
    /// @param reg the register of the first operand, 0 to 31
    /// @param second the register of the second operand, 0 to 31
    /// @param base bit 3 of the last operand's register, or of the base of its address
    /// @param index bit 4 of the last operand's register, or bit 3 of the index of its address
    private record Extension(int reg, int second, int base, int index) {}

    /// The four bytes before an opcode.
    private void prefix(
            Simd op, Extension x, int mask, boolean zero, int length, boolean broadcast) {
        int high = (x.reg >> 3 & 1) << 7 | x.index << 6 | x.base << 5 | (x.reg >> 4 & 1) << 4;
        bytes(
                0x62,
                (high ^ 0xF0) | op.map, // stored inverted, as the second operand is
                op.wide << 7 | (~x.second & 15) << 3 | 4 | op.prefix,
                (zero ? 0x80 : 0)
                        | length << 5
                        | (broadcast ? 0x10 : 0)
                        | (~x.second >> 4 & 1) << 3
                        | mask);
    }

    /// The register that holds a stream's address.
    private int address(int slot) {
        for (int i = 0; i < Math.min(streams.length, ADDRESSES.length); i++) {
            if (streams[i] == slot) {
                return ADDRESSES[i];
            }
        }
        loadAddress(SPARE, slot);
        return SPARE;
    }

    /// `mov register, [rdi + 8 * slot]`.
    private void loadAddress(int register, int slot) {
        bytes(0x48 | (register >> 3) << 2, 0x8B, 0x80 | (register & 7) << 3 | TABLE);
        fourBytes(SLOT * slot);
    }

    /// A conditional jump whose distance is still to be written; gives the place of the distance.
    private int jump(int condition) {
        bytes(0x0F, condition);
        fourBytes(0);
        return size - 4;
    }

    private void land(int distanceAt, int target) {
        int distance = target - (distanceAt + 4);
        for (int i = 0; i < 4; i++) {
            code[distanceAt + i] = (byte) (distance >> (8 * i));
        }
    }

    private void fourBytes(int value) {
        bytes(value, value >> 8, value >> 16, value >> 24);
    }

    private void bytes(int... values) {
        if (size + values.length > code.length) {
            code = Arrays.copyOf(code, 2 * code.length);
        }
        for (int value : values) {
            code[size++] = (byte) value;
        }
    }
}
