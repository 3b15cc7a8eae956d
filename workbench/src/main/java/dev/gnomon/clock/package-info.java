/// The forms in which a network tells the time of a clock.
@NullMarked
package dev.gnomon.clock;

import org.jspecify.annotations.NullMarked;
