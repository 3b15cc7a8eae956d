package dev.gnomon.graph;

import dev.gnomon.tensor.Shape;
import java.util.List;

/// One operation of a graph with the nodes it reads; nodes are numbered in an order in which they can be computed.
public record Node(int id, Op op, List<Integer> inputs, Shape shape) {}
