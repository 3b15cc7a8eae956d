package dev.gnomon.plan;

import dev.gnomon.kernel.Call;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Where the time of a plan's runs goes: what each call took, and how long threads waited for each other. Measured for one
/// workspace.
///
/// Times in the table are those of all threads divided by the number of threads, so its lines add up to the time of a step.
@SuppressWarnings("IdentityHashMapUsage") // two calls may be equal and yet be two lines
public final class Profile {
    /// A trace holds the first so many steps.
    private static final int TRACED_STEPS = 10;

    /// Calls with a smaller share of the step, in percent, are one line together.
    private static final double SMALL = 0.1;

    private static final class Sum {
        private long nanos;
        private long runs;
    }

    /// A call for a shard, or a block of one, in a step that is traced.
    private record Event(Call call, int worker, int task, long start, long end) {}

    private final Costs costs;
    private final int threads;
    private final Map<Call, Sum> sums = new IdentityHashMap<>();
    private final List<Event> events = new ArrayList<>();
    private final List<long[]> steps = new ArrayList<>();
    private long stepNanos;
    private long meetings;
    private long meetingNanos;
    private long busyNanos;
    private int stepCount;

    /// @param threads how many threads run the plan
    public Profile(Plan plan, int threads) {
        this.costs = plan.costs();
        this.threads = threads;
    }

    synchronized void call(Call call, int worker, int task, long start, long end) {
        Sum sum = sums.computeIfAbsent(call, _ -> new Sum());
        sum.nanos += end - start;
        sum.runs++;
        busyNanos += end - start;
        if (stepCount < TRACED_STEPS) {
            events.add(new Event(call, worker, task, start, end));
        }
    }

    /// All tasks between two meetings of the threads.
    synchronized void stage(long start, long end) {
        meetings++;
        meetingNanos += end - start;
    }

    synchronized void step(long start, long end) {
        if (stepCount < TRACED_STEPS) {
            steps.add(new long[] {start, end});
        }
        stepCount++;
        stepNanos += end - start;
    }

    // ---- as a table

    /// A line for each call, the longest first: milliseconds a step, share of the step, runs a step, GFLOP/s, share of the
    /// limit, GB/s of operands; then what is spent besides.
    ///
    /// @param limit the operations a second that the machine can do with these threads
    public synchronized String table(double limit) {
        var text = new StringBuilder();
        line(text, "    ms a step   share    runs  GFLOP/s  of limit    GB/s  call");
        double small = 0;
        var calls = new ArrayList<>(sums.entrySet());
        calls.sort(Comparator.comparingLong(entry -> -entry.getValue().nanos));
        for (var entry : calls) {
            if (share((double) entry.getValue().nanos) < SMALL) {
                small += entry.getValue().nanos;
            } else {
                line(text, row(entry.getKey(), entry.getValue(), limit));
            }
        }
        rest(text, small, 0, "calls of less than " + SMALL + " % each");
        rest(
                text,
                (double) meetingNanos * threads - busyNanos,
                meetings,
                "threads wait for each other at the ends of stages");
        rest(text, (double) (stepNanos - meetingNanos) * threads, 0, "between stages");
        rest(text, (double) stepNanos * threads, 0, "the step");
        return text.toString();
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append(System.lineSeparator());
    }

    private double millis(double nanos) {
        return nanos / 1e6 / threads / stepCount;
    }

    private double share(double nanos) {
        return 100.0 * nanos / threads / stepNanos;
    }

    private String row(Call call, Sum sum, double limit) {
        double nanos = (double) sum.nanos;
        double seconds = millis(nanos) / 1e3;
        double rate = costs.flops(call) / seconds;
        return String.format(
                Locale.ROOT,
                "%13.3f %5.1f %% %7.1f %8s %9s %7.1f  %s",
                millis(nanos),
                share(nanos),
                (double) sum.runs / stepCount,
                rate > 0 ? String.format(Locale.ROOT, "%.1f", rate / 1e9) : "",
                rate > 0 ? String.format(Locale.ROOT, "%.0f %%", 100 * rate / limit) : "",
                costs.operandBytes(call) / seconds / 1e9,
                call.describe());
    }

    private void rest(StringBuilder text, double nanos, long runs, String what) {
        line(
                text,
                String.format(
                        Locale.ROOT,
                        "%13.3f %5.1f %% %7s %35s%s",
                        millis(nanos),
                        share(nanos),
                        runs == 0
                                ? ""
                                : String.format(Locale.ROOT, "%.1f", (double) runs / stepCount),
                        "",
                        what));
    }

    // ---- as a trace

    /// The first steps in the trace event format that Chrome's `about:tracing` and Perfetto read, times in microseconds.
    public synchronized String trace() {
        long origin = steps.isEmpty() ? 0 : steps.getFirst()[0];
        List<String> lines = new ArrayList<>();
        for (int worker = 0; worker < threads; worker++) {
            lines.add(
                    "{\"name\":\"thread_name\",\"ph\":\"M\",\"pid\":1,\"tid\":%d,\"args\":{\"name\":\"worker %d\"}}"
                            .formatted(worker, worker));
        }
        lines.add(
                "{\"name\":\"thread_name\",\"ph\":\"M\",\"pid\":1,\"tid\":%d,\"args\":{\"name\":\"steps\"}}"
                        .formatted(threads));
        for (int i = 0; i < steps.size(); i++) {
            long[] step = steps.get(i);
            lines.add(event("step " + i, threads, step[0] - origin, step[1] - step[0], ""));
        }
        for (Event event : events) {
            String details =
                    String.format(
                            Locale.ROOT,
                            ",\"args\":{\"task\":%d,\"MFLOP a step\":%.3f,\"operand kB a step\":%.1f}",
                            event.task,
                            costs.flops(event.call) / 1e6,
                            costs.operandBytes(event.call) / 1e3);
            lines.add(
                    event(
                            event.call.describe(),
                            event.worker,
                            event.start - origin,
                            event.end - event.start,
                            details));
        }
        return "{\"displayTimeUnit\":\"ms\",\"traceEvents\":[\n"
                + String.join(",\n", lines)
                + "\n]}\n";
    }

    private static String event(String name, int thread, long start, long nanos, String details) {
        return String.format(
                Locale.ROOT,
                "{\"name\":\"%s\",\"ph\":\"X\",\"pid\":1,\"tid\":%d,\"ts\":%.3f,\"dur\":%.3f%s}",
                name.replace("\\", "\\\\").replace("\"", "\\\""),
                thread,
                start / 1e3,
                nanos / 1e3,
                details);
    }
}
