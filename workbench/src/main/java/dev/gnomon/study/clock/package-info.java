/// The study of the forms in which a network tells the time.
@NullMarked
package dev.gnomon.study.clock;

import org.jspecify.annotations.NullMarked;
