/// Ready-made networks with the settings they are trained with.
@NullMarked
package dev.gnomon.preset;

import org.jspecify.annotations.NullMarked;
