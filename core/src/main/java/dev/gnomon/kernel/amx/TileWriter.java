package dev.gnomon.kernel.amx;

import dev.gnomon.kernel.avx512.Encoder;
import dev.gnomon.kernel.avx512.MachineCode;

/// What the functions of a [TileConvolution] have in common: `f(table, count)`, where the table holds addresses. All sizes
/// are numbers in the code.
abstract class TileWriter {
    /// What the table holds for all functions: where to read, where to write.
    static final int FROM = 0;

    static final int TO = 1;

    /// What it holds besides for products, the right operand; and for the end of a result, the bias.
    static final int RIGHT = 2;

    static final int BIAS = 2;

    // general registers: the table in rdi, the count in rsi; addresses and strides; loops
    static final int TABLE = 7;
    static final int COUNT = 6;
    static final int A = 0;
    static final int B = 1;
    static final int C = 8;
    static final int A_STRIDE = 9;
    static final int B_STRIDE = 10;
    static final int C_STRIDE = 11;
    static final int A_BEGIN = 14;
    static final int B_BEGIN = 15;
    static final int[] LOOPS = {2, 3, 13};

    /// Vectors that the Java calling convention leaves to a function, all of them.
    static final int VECTORS = 16;

    final Encoder out = new Encoder();

    final void begin() {
        out.bytes(0x53, 0x41, 0x55, 0x41, 0x56, 0x41, 0x57); // push rbx, r13, r14, r15
        out.subnormalsAreZero();
    }

    final MachineCode end() {
        out.putModeBack();
        out.bytes(0x41, 0x5F, 0x41, 0x5E, 0x41, 0x5D, 0x5B); // pop r15, r14, r13, rbx
        out.giveBack();
        return MachineCode.required(out.toBytes());
    }

    final void address(int slot, int register) {
        out.loadAddress(register, TABLE, MachineCode.SLOT * slot);
    }

    /// Writes a loop.
    ///
    /// @param register where it counts
    final void repeat(int register, int count, Runnable body) {
        out.set(register, count);
        int start = out.here();
        body.run();
        out.countDown(register);
        out.jump(Encoder.NOT_EQUAL, start);
    }

    /// Writes a loop that goes on as often as the count says.
    final void repeat(Runnable body) {
        int start = out.here();
        body.run();
        out.countDown(COUNT);
        out.jump(Encoder.NOT_EQUAL, start);
    }
}
