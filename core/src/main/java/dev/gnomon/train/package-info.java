/// What a training run is told and what it tells: settings, history, logs.
@org.jspecify.annotations.NullMarked
package dev.gnomon.train;
