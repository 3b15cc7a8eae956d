package dev.gnomon.kernel.reference;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gnomon.graph.Op;
import dev.gnomon.graph.OpText;
import dev.gnomon.kernel.Buffer;
import dev.gnomon.kernel.Call;
import dev.gnomon.kernel.Frame;
import dev.gnomon.kernel.StepContext;
import dev.gnomon.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/// Runs a reference kernel as a call of a plan: from float32 memory to `double` and back.
///
/// @param sharded whether it runs for the samples of a shard, else for the whole batch
public record ReferenceCall(
        Op op, Shape output, List<Shape> inputs, List<Buffer> from, Buffer to, boolean sharded)
        implements Call {
    @Override
    public void run(Frame frame, int block) {
        int samples = sharded ? frame.samples() : frame.batch();
        List<Shape> shapes = inputs.stream().map(shape -> shape.bind(samples)).toList();
        List<double[]> values = new ArrayList<>();
        for (int i = 0; i < from.size(); i++) {
            values.add(read(frame.address(from.get(i)), (int) shapes.get(i).elements()));
        }
        var context =
                new StepContext(
                        frame.seed(),
                        frame.iteration(),
                        frame.batch(),
                        sharded && output.isBatched() ? frame.firstSample() : 0);
        double[] result = ReferenceKernels.evaluate(op, bound(samples), shapes, values, context);
        long address = frame.address(to);
        for (int i = 0; i < result.length; i++) {
            Frame.MEMORY.set(JAVA_FLOAT, address + 4L * i, (float) result[i]);
        }
    }

    /// The result's shape; dropout takes the first axis for the samples, so an array without a batch is one sample.
    private Shape bound(int samples) {
        return op instanceof Op.Dropout && !output.isBatched()
                ? Shape.of(1, (int) output.elements())
                : output.bind(samples);
    }

    private static double[] read(long address, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = Frame.MEMORY.get(JAVA_FLOAT, address + 4L * i);
        }
        return values;
    }

    @Override
    public String describe() {
        return OpText.name(op) + " reference";
    }
}
