/// Studies: many trainings, kept one by one as they end, and a report made of them.
@NullMarked
package dev.gnomon.study;

import org.jspecify.annotations.NullMarked;
