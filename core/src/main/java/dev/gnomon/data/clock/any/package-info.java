/// Pictures of any clock: dials, numerals, hands, backgrounds and cameras drawn at random.
@NullMarked
package dev.gnomon.data.clock.any;

import org.jspecify.annotations.NullMarked;
