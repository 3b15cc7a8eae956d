/// The compiler from a graph to a plan: fusion, stages, shards, places of buffers, and the workers that run it.
@org.jspecify.annotations.NullMarked
package dev.gnomon.plan;
