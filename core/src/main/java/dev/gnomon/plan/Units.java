package dev.gnomon.plan;

import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Node;
import dev.gnomon.graph.Op;
import dev.gnomon.graph.Op.UnaryFunction;
import dev.gnomon.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Cuts a graph into what becomes one call each: single ops, products with bias and activation, elementwise programs; and
/// says in which stage each runs.
///
/// Stages of even number are sharded, those of odd number work on the whole batch or on weights. A value is ready in a
/// stage; who reads it runs in that stage or later.
final class Units {
    /// A matrix product with at least so many weights works on the whole batch at once.
    private static final long WIDE = 1 << 14;

    /// A convolution of a single sample with at least so many multiplications is cut into rows of its result.
    private static final double LARGE = 1e6;

    /// Nodes that become one call; the last gives the result that others read, unless it is an elementwise program.
    record Unit(int id, List<Integer> nodes) {
        int last() {
            return nodes.getLast();
        }

        int first() {
            return nodes.getFirst();
        }
    }

    private final Graph graph;
    private final boolean[] needed;
    private final int[] uses;
    private final int[] alias;
    private final int[] stage;
    private final int[] unitOf;
    private final List<List<Integer>> members = new ArrayList<>();
    private final boolean fuse;
    private final boolean single;

    /// @param fusesActivation which activations the product kernels can fuse; null to fuse nothing at all
    /// @param batch the samples of the batch
    Units(Graph graph, @Nullable Predicate<UnaryFunction> fusesActivation, int batch) {
        this.single = batch == 1;
        this.graph = graph;
        this.needed = graph.needed();
        int count = graph.nodes().size();
        this.uses = new int[count];
        this.alias = new int[count];
        this.stage = new int[count];
        this.unitOf = new int[count];
        this.fuse = fusesActivation != null;
        Arrays.fill(unitOf, -1);
        countUses();
        for (Node node : graph.nodes()) {
            if (!needed[node.id()]) {
                continue;
            }
            alias[node.id()] = isAlias(node.op()) ? alias[node.inputs().getFirst()] : node.id();
            stage[node.id()] = readyStage(node);
        }
        if (fuse) {
            sink();
        }
        for (Node node : graph.nodes()) {
            if (needed[node.id()] && alias[node.id()] == node.id()) {
                join(node, fusesActivation);
            }
        }
    }

    /// Moves cheap elementwise ops to the stage of those who read them, so that not they but their inputs are kept: the
    /// inputs mostly are anyway, as with the mask of an activation's gradient.
    private void sink() {
        int[] earliest = new int[stage.length];
        Arrays.fill(earliest, Integer.MAX_VALUE);
        graph.outputs().values().forEach(value -> earliest[value.id()] = 0);
        graph.assignments().values().forEach(value -> earliest[value.id()] = 0);
        for (int id = stage.length - 1; id >= 0; id--) {
            Node node = graph.node(id);
            if (!needed[id]) {
                continue;
            }
            if (earliest[id] != Integer.MAX_VALUE
                    && node.shape().isBatched()
                    && isElementwise(node.op())
                    && readsOneArray(node)) {
                stage[id] =
                        Math.max(
                                stage[id],
                                even(earliest[id]) == earliest[id]
                                        ? earliest[id]
                                        : earliest[id] - 1);
            }
            int at = sumsOverBatch(graph, node) && !isWide(node) ? stage[id] - 1 : stage[id];
            boolean movable = !isAlias(node.op());
            node.inputs()
                    .forEach(
                            input -> earliest[input] = Math.min(earliest[input], movable ? at : 0));
        }
    }

    private boolean readsOneArray(Node node) {
        return node.inputs().stream()
                        .filter(input -> graph.node(input).shape().isBatched())
                        .distinct()
                        .count()
                <= 1;
    }

    private void countUses() {
        for (Node node : graph.nodes()) {
            if (needed[node.id()]) {
                node.inputs().forEach(input -> uses[input]++);
            }
        }
        graph.outputs().values().forEach(value -> uses[value.id()]++);
        graph.assignments().values().forEach(value -> uses[value.id()]++);
    }

    /// Ops that give the memory of their first input another name or shape.
    private static boolean isAlias(Op op) {
        return op instanceof Op.Reshape
                || op instanceof Op.StopGradient
                || op instanceof Op.CustomGradient;
    }

    static boolean isLeaf(Op op) {
        return op instanceof Op.Input
                || op instanceof Op.Variable
                || op instanceof Op.Constant
                || op instanceof Op.BatchSize
                || op instanceof Op.Iteration;
    }

    /// Ops that an elementwise program can hold.
    static boolean isElementwise(Op op) {
        return op instanceof Op.Unary
                || op instanceof Op.Binary
                || op instanceof Op.Select
                || op instanceof Op.Clip
                || op instanceof Op.Dropout
                || op instanceof Op.BroadcastTo;
    }

    /// Whether the node sums over the batch: its parts are made per shard and joined afterwards.
    static boolean sumsOverBatch(Graph graph, Node node) {
        return !node.shape().isBatched()
                && node.inputs().stream().anyMatch(input -> graph.node(input).shape().isBatched());
    }

    /// Whether a product works on the whole batch, cut into blocks of its result.
    boolean isWide(Node node) {
        if (fuse && single && node.op() instanceof Op.Conv2D && node.shape().isBatched()) {
            long weights = graph.node(node.inputs().get(1)).shape().elements();
            return (double) node.shape().elements() / node.shape().last() * weights >= LARGE;
        }
        if (!fuse || !(node.op() instanceof Op.MatMul(var transposeA, var _))) {
            return false;
        }
        Shape weights = transposeA ? node.shape() : graph.node(node.inputs().get(1)).shape();
        return weights.elements() >= WIDE;
    }

    private int readyStage(Node node) {
        int latest = -1;
        for (int input : node.inputs()) {
            latest = Math.max(latest, stage[input]);
        }
        if (isLeaf(node.op())) {
            return node.op() instanceof Op.Input ? 0 : -1;
        }
        if (isAlias(node.op())) {
            return stage[node.inputs().getFirst()];
        }
        boolean over = sumsOverBatch(graph, node);
        if (isWide(node) || !(node.shape().isBatched() || over)) {
            return odd(latest);
        }
        return over ? even(latest) + 1 : even(latest);
    }

    private static int even(int stage) {
        return stage % 2 == 0 ? stage : stage + 1;
    }

    private static int odd(int stage) {
        return stage % 2 == 0 ? stage + 1 : stage;
    }

    private void join(Node node, @Nullable Predicate<UnaryFunction> fusesActivation) {
        if (isLeaf(node.op())) {
            return;
        }
        int unit = -1;
        if (fusesActivation != null) {
            unit = productBefore(node, fusesActivation);
            if (unit < 0 && isElementwise(node.op())) {
                unit = programBefore(node);
            }
        }
        if (unit < 0) {
            unit = members.size();
            members.add(new ArrayList<>());
        }
        List<Integer> nodes = members.get(unit);
        if (!nodes.isEmpty() && !isElementwise(graph.node(nodes.getFirst()).op())) {
            stage[node.id()] = stage[nodes.getFirst()];
        }
        nodes.add(node.id());
        unitOf[node.id()] = unit;
    }

    /// The product that this node adds a bias to, or that it is the activation of; -1 if it is none.
    private int productBefore(Node node, Predicate<UnaryFunction> fusesActivation) {
        if (node.inputs().isEmpty()) {
            return -1;
        }
        int before = node.inputs().getFirst();
        int unit = unitOf[before];
        if (unit < 0 || uses[before] != 1 || members.get(unit).getLast() != before) {
            return -1;
        }
        Node head = graph.node(members.get(unit).getFirst());
        boolean product =
                (head.op() instanceof Op.Conv2D && head.shape().isBatched())
                        || (head.op() instanceof Op.MatMul(var transposeA, var _) && !transposeA);
        if (!product) {
            return -1;
        }
        int size = members.get(unit).size();
        boolean activated = graph.node(before).op() instanceof Op.Unary;
        if (node.op() instanceof Op.Unary(var function)
                && !activated
                && fusesActivation.test(function)) {
            return unit;
        }
        boolean bias =
                size == 1
                        && node.op() instanceof Op.Binary(var function)
                        && function == Op.BinaryFunction.ADD
                        && isBias(node.inputs().get(1), head.shape().last())
                        && stage[node.inputs().get(1)]
                                <= stage[head.id()]
                                        - (head.shape().isBatched() && !isWide(head) ? 1 : 0)
                        && graph.node(alias[node.inputs().get(1)]).op() instanceof Op.Variable;
        return bias ? unit : -1;
    }

    private boolean isBias(int id, int channels) {
        Shape shape = graph.node(id).shape();
        return shape.rank() == 1 && !shape.isBatched() && shape.last() == channels;
    }

    /// A program of the same stage and shape that this node can be appended to without making a circle; -1 if there is
    /// none. Programs that the node joins become one.
    private int programBefore(Node node) {
        int found = -1;
        for (int input : node.inputs()) {
            int unit = unitOf[alias[input]];
            boolean fits =
                    alias[input] == input
                            && unit >= 0
                            && isElementwise(graph.node(members.get(unit).getFirst()).op())
                            && graph.node(input).shape().equals(node.shape())
                            && stage[input] == stage[node.id()];
            if (!fits || unit == found) {
                continue;
            }
            if (found < 0) {
                found = reachesOutside(List.of(node.id()), unit) ? -1 : unit;
            } else if (!reachesOutside(List.of(node.id()), unit)
                    && !reachesOutside(members.get(found), unit)
                    && !reachesOutside(members.get(unit), found)) {
                merge(found, unit);
            }
        }
        return found;
    }

    private void merge(int into, int from) {
        List<Integer> nodes = members.get(into);
        nodes.addAll(members.get(from));
        nodes.sort(null);
        members.get(from).forEach(id -> unitOf[id] = into);
        members.get(from).clear();
    }

    /// Whether an input of the nodes that is not in the unit, nor in theirs, depends on the unit.
    private boolean reachesOutside(List<Integer> nodes, int unit) {
        Set<Integer> seen = new LinkedHashSet<>();
        int own = unitOf[nodes.getFirst()];
        for (int node : nodes) {
            for (int input : graph.node(node).inputs()) {
                int other = unitOf[alias[input]];
                if (other >= 0 && other != unit && other != own && reaches(other, unit, seen)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean reaches(int from, int unit, Set<Integer> seen) {
        if (from == unit) {
            return true;
        }
        if (!seen.add(from)) {
            return false;
        }
        for (int member : members.get(from)) {
            for (int input : graph.node(member).inputs()) {
                int other = unitOf[alias[input]];
                if (other >= 0 && other != from && reaches(other, unit, seen)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// The units in an order in which they can be computed.
    List<Unit> ordered() {
        List<Unit> order = new ArrayList<>();
        boolean[] done = new boolean[members.size()];
        for (int unit = 0; unit < members.size(); unit++) {
            visit(unit, done, order);
        }
        return order;
    }

    private void visit(int unit, boolean[] done, List<Unit> order) {
        if (done[unit]) {
            return;
        }
        done[unit] = true;
        for (int member : members.get(unit)) {
            for (int input : graph.node(member).inputs()) {
                int other = unitOf[alias[input]];
                if (other >= 0 && other != unit) {
                    visit(other, done, order);
                }
            }
        }
        if (!members.get(unit).isEmpty()) {
            order.add(new Unit(unit, members.get(unit)));
        }
    }

    /// The node whose memory a node's value lies in.
    int root(int node) {
        return alias[node];
    }

    boolean needed(int node) {
        return needed[node];
    }

    /// The stage in which a value is ready.
    int stage(int node) {
        return stage[node];
    }

    /// The nodes of a node's unit.
    List<Integer> nodesOf(int root) {
        return members.get(unitOf[root]);
    }

    int unit(int root) {
        return unitOf[root];
    }
}
