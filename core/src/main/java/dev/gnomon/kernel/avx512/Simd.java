package dev.gnomon.kernel.avx512;

/// The vector instructions that programs are made of, by the numbers of the processor's manual: opcode map, mandatory prefix,
/// element width, opcode.
public enum Simd {
    LOAD(1, 0, 0, 0x10),
    STORE(1, 0, 0, 0x11),
    MOVE(1, 0, 0, 0x28),
    BROADCAST(2, 1, 0, 0x18),
    ADD(1, 0, 0, 0x58),
    MULTIPLY(1, 0, 0, 0x59),
    SUBTRACT(1, 0, 0, 0x5C),
    MINIMUM(1, 0, 0, 0x5D),
    DIVIDE(1, 0, 0, 0x5E),
    MAXIMUM(1, 0, 0, 0x5F),
    /// Adds the product of the second operand and the last to the first.
    MULTIPLY_ADD(2, 1, 0, 0xB8),
    SQUARE_ROOT(1, 0, 0, 0x51),
    /// Rounds as its immediate says.
    ROUND(3, 1, 0, 0x08),
    /// Smaller or larger of two numbers, as its immediate says; tells -0 from +0.
    RANGE(3, 1, 0, 0x50),
    /// Takes the second operand where the mask is set, else the first.
    BLEND(2, 1, 0, 0x65),
    /// Compares floats into a mask.
    COMPARE(1, 0, 0, 0xC2),
    /// Compares unsigned integers into a mask.
    COMPARE_UNSIGNED(3, 1, 0, 0x1E),
    TO_INTS(1, 1, 0, 0x5B),
    FROM_INTS(1, 0, 0, 0x5B),
    AND(1, 1, 0, 0xDB),
    OR(1, 1, 0, 0xEB),
    XOR(1, 1, 0, 0xEF),
    ADD_INTS(1, 1, 0, 0xFE),
    SUBTRACT_INTS(1, 1, 0, 0xFA),
    ADD_LONGS(1, 1, 1, 0xD4),
    XOR_LONGS(1, 1, 1, 0xEF),
    MULTIPLY_LONGS(2, 1, 1, 0x40),
    LOAD_LONGS(1, 2, 1, 0x6F),
    /// Widens unsigned shorts to ints.
    WIDEN_SHORTS(2, 1, 0, 0x33),
    /// Writes the lower halves of ints.
    STORE_SHORTS(2, 2, 0, 0x33),
    /// Rounds floats to bfloat16 numbers, half as many bytes.
    TO_BFLOAT16(2, 2, 0, 0x72),
    /// The lower, or upper, halves of each four floats of two vectors in turn.
    UNPACK_LOW(1, 0, 0, 0x14),
    UNPACK_HIGH(1, 0, 0, 0x15),
    /// The lower, or upper, halves of each two doubles of two vectors in turn.
    UNPACK_LOW_DOUBLES(1, 1, 1, 0x14),
    UNPACK_HIGH_DOUBLES(1, 1, 1, 0x15),
    /// Two quarters of a vector and two of another, as the immediate says.
    SHUFFLE_QUARTERS(3, 1, 0, 0x23),
    /// Shifts ints by an immediate; the register operand says which way.
    SHIFT_INTS(1, 1, 0, 0x72),
    SHIFT_LONGS(1, 1, 1, 0x73);

    final int map;
    final int prefix;
    final int wide;
    final int opcode;

    Simd(int map, int prefix, int wide, int opcode) {
        this.map = map;
        this.prefix = prefix;
        this.wide = wide;
        this.opcode = opcode;
    }
}
