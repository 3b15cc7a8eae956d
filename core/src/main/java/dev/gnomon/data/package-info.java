/// Data sets: columns of samples, splits, batches filled beside the training thread, and readers of files.
@org.jspecify.annotations.NullMarked
package dev.gnomon.data;
