package dev.gnomon.plan;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gnomon.check.ConfigException;
import dev.gnomon.check.DataException;
import dev.gnomon.graph.Graph;
import dev.gnomon.graph.Value;
import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.Frame;
import dev.gnomon.kernel.Region;
import dev.gnomon.kernel.onednn.OneDnnKernels;
import dev.gnomon.tensor.NativeMemory;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/// A graph compiled for one batch size: prepared kernel calls over one workspace. It borrows the model's parameters.
///
/// Many threads may run a plan at once, each with a workspace of its own; only one of them has the workers, the others run
/// alone, with the same bits. A plan that assigns to parameters must be run by one thread at a time.
public final class Plan implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    /// Which kernels a plan uses.
    public enum Kernels {
        /// oneDNN, and plain Java for what it lacks.
        ONEDNN,
        /// Plain Java in `double`: slow, for checks and for machines without the native library.
        REFERENCE
    }

    private record OutputPlace(Shape shape, Buffer buffer) {}

    private record InputPlace(Shape shape, Buffer buffer) {}

    private final Shards shards;
    private final Parameters parameters;
    private final Workers workers;
    private final List<Stage> stages;
    private final Map<Call, List<Slot>> buffers;
    private final Map<String, InputPlace> inputs = new LinkedHashMap<>();
    private final Map<String, OutputPlace> outputs = new LinkedHashMap<>();
    private final Buffer iteration;
    private final MemorySegment constants;
    private final long sharedBytes;
    private final WorkerMemory worker;
    private final int slots;
    private final boolean assigns;
    private final ConcurrentLinkedDeque<Workspace> idle = new ConcurrentLinkedDeque<>();
    private final Cleaner.@Nullable Cleanable cleanable;
    private volatile boolean closed;

    private Plan(
            Graph graph,
            int batch,
            Parameters parameters,
            Workers workers,
            @Nullable OneDnnKernels kernels,
            Precision precision) {
        this.shards = Shards.of(batch);
        this.parameters = parameters;
        this.workers = workers;
        this.assigns = !graph.assignments().isEmpty();
        var lowering = new Lowering(graph, parameters, shards, kernels, precision);
        var schedule = lowering.schedule();
        schedule.place();
        this.stages = schedule.build();
        this.buffers = schedule.buffers();
        this.sharedBytes = schedule.sharedBytes();
        this.worker =
                new WorkerMemory(
                        schedule.localBytes(),
                        mostScratch(stages),
                        kernels == null ? 0 : kernels.argumentBytes());
        this.slots = kernels == null ? 0 : kernels.slots();
        this.iteration = lowering.leaves().iteration().buffer();
        this.constants = NativeMemory.allocate(Arena.ofAuto(), lowering.leaves().constantBytes());
        lowering.leaves()
                .constants()
                .forEach((tensor, offset) ->
                        MemorySegment.copy(
                                tensor.values(), 0, constants, JAVA_FLOAT, offset, tensor.size()));
        for (var node : graph.nodes()) {
            if (node.op() instanceof dev.gnomon.graph.Op.Input(var name, var shape)
                    && lowering.leaves().inputs().containsKey(name)) {
                inputs.put(name, new InputPlace(shape, slotOf(lowering, name)));
            }
        }
        for (var output : graph.outputs().entrySet()) {
            Value value = output.getValue();
            outputs.put(
                    output.getKey(),
                    new OutputPlace(value.shape(), lowering.slot(value.id()).buffer()));
        }
        if (kernels != null) {
            kernels.finish();
        }
        this.cleanable = kernels == null ? null : CLEANER.register(this, kernels::close);
    }

    private static Buffer slotOf(Lowering lowering, String name) {
        Slot slot = lowering.leaves().inputs().get(name);
        if (slot == null) {
            throw new AssertionError(name);
        }
        return slot.buffer();
    }

    /// As the other, in float32.
    public static Plan compile(
            Graph graph, int batch, Parameters parameters, Workers workers, Kernels kernels) {
        return compile(graph, batch, parameters, workers, kernels, Precision.FLOAT32);
    }

    /// Compiles a graph for a batch of the given size. Reference kernels compute in `double`, whatever the precision; and a
    /// machine that cannot multiply bfloat16 numbers computes in float32.
    public static Plan compile(
            Graph graph,
            int batch,
            Parameters parameters,
            Workers workers,
            Kernels kernels,
            Precision precision) {
        if (batch < 1) {
            throw new DataException(
                    "A plan needs a batch of at least 1, but received " + batch + ".");
        }
        return new Plan(
                graph,
                batch,
                parameters,
                workers,
                kernels == Kernels.REFERENCE ? null : new OneDnnKernels(),
                isMixed(kernels, precision) ? precision : Precision.FLOAT32);
    }

    private static boolean isMixed(Kernels kernels, Precision precision) {
        return precision == Precision.MIXED_BFLOAT16
                && kernels == Kernels.ONEDNN
                && OneDnnKernels.multipliesBfloat16();
    }

    private static long mostScratch(List<Stage> stages) {
        long most = 0;
        for (Stage stage : stages) {
            for (Call call : stage.all()) {
                most = Math.max(most, call.scratchBytes());
            }
        }
        return most;
    }

    /// The memory of one run.
    public final class Workspace {
        private final MemorySegment shared;
        private final Frame[] frames;
        private final int[] shardsTaken;
        private final Map<String, MemorySegment> inputMemory = new HashMap<>();
        private long packedVersion = -1;
        private @Nullable Profile profile;
        private Stage.@Nullable Sharded sharded;
        private @Nullable List<Call> levelCalls;
        private final Workers.Job shardJob = this::shard;
        private final Workers.Job blockJob = this::block;

        private Workspace() {
            Arena arena = Arena.ofAuto();
            shared = NativeMemory.allocate(arena, sharedBytes);
            frames = new Frame[workers.count()];
            shardsTaken = new int[workers.count()];
            for (int i = 0; i < frames.length; i++) {
                frames[i] = new Frame(slots);
                MemorySegment own = NativeMemory.allocate(arena, worker.bytes());
                frames[i].base(Region.PARAMETERS, 0);
                frames[i].base(Region.CONSTANTS, constants.address());
                frames[i].base(Region.SHARED, shared.address());
                worker.tell(frames[i], own.address());
                keep.add(own);
            }
            inputs.forEach((name, place) ->
                    inputMemory.put(
                            name,
                            shared.asSlice(
                                    place.buffer.offset(),
                                    4 * place.shape.elements(shards.batch()))));
        }

        private final List<MemorySegment> keep = new ArrayList<>();

        /// Where an input's values are written before a run: `[batch, ...]`, float32, row order.
        public MemorySegment input(String name) {
            MemorySegment memory = inputMemory.get(name);
            if (memory == null) {
                throw new IllegalArgumentException(
                        "The plan has no input \"" + name + "\"; it has " + inputs.keySet() + ".");
            }
            return memory;
        }

        public boolean hasInput(String name) {
            return inputs.containsKey(name);
        }

        /// A copy of an output of the last run.
        public Tensor output(String name) {
            OutputPlace place = outputs.get(name);
            if (place == null) {
                throw new IllegalArgumentException(
                        "The plan has no output \""
                                + name
                                + "\"; it has "
                                + outputs.keySet()
                                + ".");
            }
            Shape shape = place.shape.bind(shards.batch());
            float[] values = new float[(int) shape.elements()];
            MemorySegment.copy(
                    Frame.MEMORY, JAVA_FLOAT, address(place.buffer), values, 0, values.length);
            return new Tensor(shape, values);
        }

        /// An output of one number.
        public float scalar(String name) {
            OutputPlace place = outputs.get(name);
            if (place == null) {
                throw new IllegalArgumentException("The plan has no output \"" + name + "\".");
            }
            return Frame.MEMORY.get(JAVA_FLOAT, address(place.buffer));
        }

        private long address(Buffer buffer) {
            frames[0].shard(0, 0, shards.batch());
            return frames[0].address(buffer);
        }

        /// How many shards each worker took in all runs.
        public int[] shardsTaken() {
            return shardsTaken.clone();
        }

        /// Runs the plan on the inputs that were written.
        ///
        /// @param seed the run's seed, for dropout
        /// @param step the number of optimizer steps done before
        public void run(long seed, long step) {
            checkOpen();
            for (Frame frame : frames) {
                frame.step(shards.batch(), seed, step);
            }
            Frame.MEMORY.set(JAVA_FLOAT, address(iteration), (float) step);
            boolean together = workers.acquire();
            long start = profile == null ? 0 : System.nanoTime();
            try {
                boolean packs = assigns || packedVersion != parameters.version();
                packedVersion = parameters.version();
                for (int i = packs ? 0 : 1; i < stages.size(); i++) {
                    runStage(stages.get(i), together);
                }
                if (assigns) {
                    parameters.changed();
                }
                if (profile != null) {
                    profile.step(start, System.nanoTime());
                }
            } finally {
                if (together) {
                    workers.release();
                }
            }
        }

        private void runStage(Stage stage, boolean together) {
            switch (stage) {
                case Stage.Sharded calls -> {
                    if (!calls.calls().isEmpty()) {
                        sharded = calls;
                        dispatch(shardJob, shards.count(), together);
                    }
                }
                case Stage.Whole(var levels) -> {
                    for (int i = 0; i < levels.size(); i++) {
                        List<Call> calls = levels.get(i);
                        int blocks = 0;
                        for (int c = 0; c < calls.size(); c++) {
                            blocks += calls.get(c).blocks();
                        }
                        levelCalls = calls;
                        dispatch(blockJob, blocks, together);
                    }
                }
            }
        }

        private void dispatch(Workers.Job job, int tasks, boolean together) {
            Profile measured = profile;
            long start = measured == null ? 0 : System.nanoTime();
            if (together && tasks > 1) {
                workers.run(job, tasks);
            } else {
                for (int task = 0; task < tasks; task++) {
                    job.run(0, task);
                }
            }
            if (measured != null) {
                measured.stage(start, System.nanoTime());
            }
        }

        private void shard(int worker, int shard) {
            Frame frame = frames[worker];
            frame.shard(shard, shards.first(shard), shards.samples(shard));
            shardsTaken[worker]++;
            Stage.Sharded stage = sharded;
            if (stage != null) {
                List<Call> calls = stage.calls();
                for (int i = 0; i < calls.size(); i++) {
                    run(calls.get(i), worker, 0, shard);
                }
            }
        }

        private void run(Call call, int worker, int block, int task) {
            Profile measured = profile;
            if (measured == null) {
                call.run(frames[worker], block);
            } else {
                long start = System.nanoTime();
                call.run(frames[worker], block);
                measured.call(call, worker, task, start, System.nanoTime());
            }
        }

        /// Measures the time of each call from now on; null to stop.
        public void profile(@Nullable Profile profile) {
            this.profile = profile;
        }

        private void block(int worker, int task) {
            Frame frame = frames[worker];
            frame.shard(0, 0, shards.batch());
            List<Call> calls = levelCalls;
            if (calls == null) {
                return;
            }
            int left = task;
            for (int i = 0; i < calls.size(); i++) {
                int blocks = calls.get(i).blocks();
                if (left < blocks) {
                    run(calls.get(i), worker, left, left);
                    return;
                }
                left -= blocks;
            }
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new ConfigException(
                    "The plan is closed, as its model's plans were; ask the model for it again.");
        }
    }

    /// A workspace for one run at a time; give it back with [#giveBack].
    public Workspace lease() {
        checkOpen();
        Workspace workspace = idle.poll();
        return workspace == null ? new Workspace() : workspace;
    }

    public void giveBack(Workspace workspace) {
        idle.push(workspace);
    }

    public int batch() {
        return shards.batch();
    }

    /// Multiplications and additions of convolutions and matrix products in one run.
    public double flops() {
        return costs().flops();
    }

    Costs costs() {
        return new Costs(stages, buffers, shards);
    }

    /// The native memory of one run at a time, to the byte.
    public PlanBytes bytes() {
        return new PlanBytes(
                parameters.bytes(),
                sharedBytes + constants.byteSize(),
                worker.bytes() * workers.count());
    }

    /// The sum of [#bytes].
    public long peakBytes() {
        return bytes().total();
    }

    /// The calls, stage by stage, with kernels, layouts, fusions, buffers, bytes and FLOPs.
    @Override
    public String toString() {
        return new PlanText(buffers)
                .line(
                        String.format(
                                Locale.ROOT,
                                "plan for a batch of %d: %d shards of %d, %.3f GFLOP, %d bytes at most",
                                shards.batch(),
                                shards.count(),
                                shards.largest(),
                                flops() / 1e9,
                                peakBytes()))
                .line(
                        String.format(
                                Locale.ROOT,
                                "  parameters %d bytes, shared %d, local %d and scratch %d for each of %d workers",
                                parameters.bytes(),
                                sharedBytes,
                                worker.local(),
                                worker.scratch(),
                                workers.count()))
                .line(
                        "  layout [batch, height, width, channels]; \"pack\" brings weights into a kernel's own")
                .stages(stages)
                .toString();
    }

    @Override
    public void close() {
        closed = true;
        idle.clear();
        if (cleanable != null) {
            cleanable.clean();
        }
    }
}
