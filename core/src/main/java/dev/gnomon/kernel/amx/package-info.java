/// Convolutions as products of tiles, for processors with AMX: tiles are registers of 16 rows of 64 bytes whose bfloat16
/// numbers the processor multiplies and adds in float32. Float32 numbers go in as three bfloat16 numbers each.
@org.jspecify.annotations.NullMarked
package dev.gnomon.kernel.amx;
