/// Counter-based random numbers: every draw is a pure function of its key.
@org.jspecify.annotations.NullMarked
package dev.gnomon.random;
