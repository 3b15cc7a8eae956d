/// oneDNN's primitives, called through the foreign function interface. No native type leaves this package.
@org.jspecify.annotations.NullMarked
package dev.gnomon.kernel.onednn;
