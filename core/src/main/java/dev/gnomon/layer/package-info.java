/// Layers: records of settings that build themselves into a graph.
@org.jspecify.annotations.NullMarked
package dev.gnomon.layer;
