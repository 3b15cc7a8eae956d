/// Models as Keras's files: configuration, weights, compile settings, optimizer state, both ways.
///
/// [KerasNames] says how settings are called there, [KerasFormat] reads and writes.
@org.jspecify.annotations.NullMarked
package dev.gnomon.keras;
