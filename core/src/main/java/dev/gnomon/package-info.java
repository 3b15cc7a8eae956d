/// Gnomon: Keras for the JVM, compiled.
@NullMarked
package dev.gnomon;

import org.jspecify.annotations.NullMarked;
