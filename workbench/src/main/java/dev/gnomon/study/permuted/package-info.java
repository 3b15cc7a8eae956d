/// The study of what a random order of the pixels does to networks with and without convolutions.
@NullMarked
package dev.gnomon.study.permuted;

import org.jspecify.annotations.NullMarked;
