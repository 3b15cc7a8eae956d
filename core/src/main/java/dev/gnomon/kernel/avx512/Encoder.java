package dev.gnomon.kernel.avx512;

import java.util.Arrays;

/// Writes instructions as bytes: vector instructions with registers or memory, addresses and counts in general registers,
/// jumps, products of tiles. Vector registers are 0 to 31, general ones 0 to 15 by the processor's numbers.
public final class Encoder {
    /// Conditions of jumps.
    static final int EQUAL = 0x84;

    public static final int NOT_EQUAL = 0x85;
    static final int BELOW = 0x82;

    /// No mask.
    public static final int ALL = 0;

    /// Vectors of sixteen floats, and of four longs.
    public static final int WHOLE = 2;

    public static final int HALF = 1;

    private static final int NO_INDEX = 4;

    /// An operand in memory: `[base + index + displacement]`.
    ///
    /// @param index a register, or -1 for none
    /// @param broadcast whether one element is read for all lanes
    public record Address(int base, int index, int displacement, boolean broadcast) {
        public static Address of(int base, int displacement) {
            return new Address(base, -1, displacement, false);
        }

        public Address forAllLanes() {
            return new Address(base, index, displacement, true);
        }
    }

    /// The high bits of an instruction's registers.
    ///
    /// @param reg the register of the first operand, 0 to 31
    /// @param second the register of the second operand, 0 to 31
    /// @param base bit 3 of the last operand's register, or of the base of its address
    /// @param index bit 4 of the last operand's register, or bit 3 of the index of its address
    private record Extension(int reg, int second, int base, int index) {}

    private byte[] code = new byte[1024];
    private int size;

    public byte[] toBytes() {
        return Arrays.copyOf(code, size);
    }

    /// The place of the next instruction.
    public int here() {
        return size;
    }

    // ---- the processor's mode

    /// From here on subnormal numbers count as zero, since some processors take a hundred times as long for them.
    public void subnormalsAreZero() {
        bytes(0x0F, 0xAE, 0x5C, 0x24, 0xF8); // stmxcsr [rsp - 8]
        bytes(0xC7, 0x44, 0x24, 0xFC, 0xC0, 0x9F, 0, 0); // mov [rsp - 4], subnormals are zero
        bytes(0x0F, 0xAE, 0x54, 0x24, 0xFC); // ldmxcsr [rsp - 4]
    }

    /// Puts back the mode that was there before [#subnormalsAreZero].
    public void putModeBack() {
        bytes(0x0F, 0xAE, 0x54, 0x24, 0xF8); // ldmxcsr [rsp - 8]
        bytes(0xC5, 0xF8, 0x77); // vzeroupper
    }

    public void giveBack() {
        bytes(0xC3); // ret
    }

    // ---- general registers

    /// `to = [base + displacement]`, eight bytes.
    public void loadAddress(int to, int base, int displacement) {
        bytes(0x48 | (to >> 3) << 2 | base >> 3, 0x8B, 0x80 | (to & 7) << 3 | (base & 7));
        fourBytes(displacement);
    }

    public void move(int to, int from) {
        bytes(0x48 | (from >> 3) << 2 | to >> 3, 0x89, 0xC0 | (from & 7) << 3 | (to & 7));
    }

    public void set(int to, int number) {
        bytes(0x48 | to >> 3, 0xC7, 0xC0 | (to & 7));
        fourBytes(number);
    }

    public void add(int to, int number) {
        bytes(0x48 | to >> 3, 0x81, 0xC0 | (to & 7));
        fourBytes(number);
    }

    /// Counts down by one; the next jump can ask whether that gave zero.
    public void countDown(int register) {
        bytes(0x48 | register >> 3, 0xFF, 0xC8 | (register & 7));
    }

    /// Fetches a line of 64 bytes that will be written.
    void fetchForWriting(int base, int displacement) {
        bytes(0x40 | base >> 3, 0x0F, 0x0D, 0x80 | 1 << 3 | (base & 7));
        fourBytes(displacement);
    }

    // ---- jumps

    /// A conditional jump whose target is still to be told; gives what [#land] wants to know.
    int jump(int condition) {
        bytes(0x0F, condition);
        fourBytes(0);
        return size - 4;
    }

    /// Tells a jump its target.
    void land(int jump, int target) {
        int distance = target - (jump + 4);
        for (int i = 0; i < 4; i++) {
            code[jump + i] = (byte) (distance >> (8 * i));
        }
    }

    /// Jumps back.
    public void jump(int condition, int target) {
        land(jump(condition), target);
    }

    // ---- vectors

    public void registers(Simd op, int to, int second, int x, int mask, boolean zero, int length) {
        prefix(op, new Extension(to, second, x >> 3 & 1, x >> 4 & 1), mask, zero, length, false);
        bytes(op.opcode, 0xC0 | (to & 7) << 3 | (x & 7));
    }

    public void registers(Simd op, int to, int second, int x) {
        registers(op, to, second, x, ALL, false, WHOLE);
    }

    public void memory(
            Simd op, int reg, int second, Address at, int mask, boolean zero, int length) {
        int indexHigh = at.index < 0 ? 0 : at.index >> 3;
        boolean embedded = at.broadcast && op != Simd.BROADCAST;
        prefix(
                op,
                new Extension(reg, second, at.base >> 3, indexHigh),
                mask,
                zero,
                length,
                embedded);
        int vector =
                op == Simd.WIDEN_SHORTS || op == Simd.STORE_SHORTS ? 8 << length : 16 << length;
        int unit = at.broadcast ? 4 << op.wide : vector;
        int small = at.displacement / unit;
        boolean isSmall = at.displacement % unit == 0 && small == (byte) small;
        int form = at.displacement == 0 && (at.base & 7) != 5 ? 0 : isSmall ? 0x40 : 0x80;
        boolean indexed = at.index >= 0 || (at.base & 7) == 4;
        bytes(op.opcode, form | (reg & 7) << 3 | (indexed ? 4 : at.base & 7));
        if (indexed) {
            bytes((at.index < 0 ? NO_INDEX : at.index & 7) << 3 | (at.base & 7));
        }
        if (form == 0x40) {
            bytes(small);
        } else if (form == 0x80) {
            fourBytes(at.displacement);
        }
    }

    public void memory(Simd op, int reg, int second, Address at) {
        memory(op, reg, second, at, ALL, false, WHOLE);
    }

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

    // ---- tiles

    /// Sets the tiles up as 64 bytes in memory say.
    public void setTilesUp(int base, int displacement) {
        bytes(0xC4, 0xE2 ^ (base >> 3) << 5, 0x78, 0x49, 0x80 | (base & 7));
        fourBytes(displacement);
    }

    public void releaseTiles() {
        bytes(0xC4, 0xE2, 0x78, 0x49, 0xC0);
    }

    public void zeroTile(int tile) {
        bytes(0xC4, 0xE2, 0x7B, 0x49, 0xC0 | tile << 3);
    }

    /// Loads a tile whose rows lie at `[base + displacement]` and then each by the number in `stride` further on.
    public void loadTile(int tile, int base, int stride, int displacement) {
        tileMemory(0x7B, tile, base, stride, displacement);
    }

    public void storeTile(int tile, int base, int stride, int displacement) {
        tileMemory(0x7A, tile, base, stride, displacement);
    }

    private void tileMemory(int prefix, int tile, int base, int stride, int displacement) {
        bytes(0xC4, 0xE2 ^ (stride >> 3) << 6 ^ (base >> 3) << 5, prefix, 0x4B, 0x84 | tile << 3);
        bytes((stride & 7) << 3 | (base & 7));
        fourBytes(displacement);
    }

    /// Adds the product of two tiles of bfloat16 numbers to the sums; the second has pairs of rows interleaved.
    public void multiplyTiles(int sums, int a, int b) {
        bytes(0xC4, 0xE2, (~b & 15) << 3 | 2, 0x5C, 0xC0 | sums << 3 | a);
    }

    private void fourBytes(int value) {
        bytes(value, value >> 8, value >> 16, value >> 24);
    }

    public void bytes(int... values) {
        if (size + values.length > code.length) {
            code = Arrays.copyOf(code, 2 * code.length);
        }
        for (int value : values) {
            code[size++] = (byte) value;
        }
    }
}
