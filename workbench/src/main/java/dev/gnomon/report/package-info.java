/// Reports as one page of HTML and as PDF, from the same source.
@NullMarked
package dev.gnomon.report;

import org.jspecify.annotations.NullMarked;
