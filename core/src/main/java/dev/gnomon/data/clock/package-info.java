/// Rendered pictures of clocks, with the time that each shows.
@NullMarked
package dev.gnomon.data.clock;

import org.jspecify.annotations.NullMarked;
