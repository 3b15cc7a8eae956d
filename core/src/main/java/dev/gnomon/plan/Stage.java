package dev.gnomon.plan;

import dev.gnomon.kernel.Call;
import java.util.ArrayList;
import java.util.List;

/// A part of a plan between two meetings of all workers.
sealed interface Stage {
    /// The calls of the stage in their order.
    List<Call> all();

    /// Calls that are run one after another for each shard of the batch.
    record Sharded(List<Call> calls) implements Stage {
        @Override
        public List<Call> all() {
            return calls;
        }
    }

    /// Calls over the whole batch or over weights: level by level, all blocks of a level at once.
    record Whole(List<List<Call>> levels) implements Stage {
        @Override
        public List<Call> all() {
            return levels.stream().flatMap(List::stream).toList();
        }
    }

    /// The stages while they are being made: even numbers are sharded, odd ones whole; -1 is the first.
    final class Builder {
        private final List<List<Call>> sharded = new ArrayList<>();
        private final List<List<List<Call>>> whole = new ArrayList<>();

        void addSharded(int stage, Call call) {
            grow(sharded, stage / 2).get(stage / 2).add(call);
        }

        void addWhole(int stage, int level, Call call) {
            int index = (stage + 1) / 2;
            grow(grow(whole, index).get(index), level).get(level).add(call);
        }

        private static <T> List<List<T>> grow(List<List<T>> list, int index) {
            while (list.size() <= index) {
                list.add(new ArrayList<>());
            }
            return list;
        }

        /// All stages in order: whole -1, sharded 0, whole 1 …; empty ones too.
        List<Stage> build() {
            List<Stage> stages = new ArrayList<>();
            int count = Math.max(sharded.size(), whole.size());
            for (int i = 0; i < count; i++) {
                stages.add(new Whole(i < whole.size() ? whole.get(i) : List.of()));
                stages.add(new Sharded(i < sharded.size() ? sharded.get(i) : List.of()));
            }
            return stages;
        }
    }
}
