package dev.gnomon.model;

import dev.gnomon.check.Check;
import dev.gnomon.data.Batch;
import dev.gnomon.data.BatchGenerator;
import dev.gnomon.data.BatchOrder;
import dev.gnomon.data.Batches;
import dev.gnomon.data.Dataset;
import dev.gnomon.train.Fit;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where `fit` takes its batches from, pass after pass.
sealed interface BatchSource {
    /// How many batches a pass has.
    int batches();

    String NO_BATCH = "BatchGenerator: batch %d of pass %d is null. Return a Dataset.";

    /// How many samples, or 0 where that is not known.
    int samples();

    /// What a run must be given again to go on, in a few words.
    String describe();

    /// Samples like those of the batches, in the shapes that the model wants.
    Feed first();

    /// The size of the first batch.
    int firstSize();

    /// A pass from a batch on.
    Pass open(long pass, int from);

    /// The batches of a pass, one after the other.
    interface Pass extends AutoCloseable {
        /// Goes to the next batch; false after the last.
        boolean next();

        Batch batch();

        Feed feed();

        @Override
        void close();
    }

    /// The samples of a data set.
    record OfDataset(Feed first, Fit settings) implements BatchSource {
        @Override
        public int batches() {
            return Math.ceilDiv(samples(), settings.batchSize());
        }

        @Override
        public int samples() {
            return first.data().size();
        }

        @Override
        public String describe() {
            return samples() + " samples, fingerprint " + first.data().fingerprint();
        }

        @Override
        public int firstSize() {
            return Math.min(samples(), settings.batchSize());
        }

        @Override
        public Pass open(long pass, int from) {
            var order = new BatchOrder(settings.shuffle(), settings.seed());
            int epoch = Math.toIntExact(pass);
            int[] rows = order.epoch(samples(), epoch);
            var key = order.augmentationKey(epoch);
            var batches = new Batches(first.data(), rows, settings.batchSize(), from, key);
            return new Pass() {
                @Override
                public boolean next() {
                    return batches.next();
                }

                @Override
                public Batch batch() {
                    return batches;
                }

                @Override
                public Feed feed() {
                    return first;
                }

                @Override
                public void close() {
                    batches.close();
                }
            };
        }
    }

    /// Batches that are made on demand, the next one while the training uses the last.
    ///
    /// @param first the first batch
    /// @param feeding checks a batch and brings it into the shapes that the model wants
    record OfGenerator(BatchGenerator generator, Feed first, Function<Dataset, Feed> feeding)
            implements BatchSource {
        static OfGenerator of(BatchGenerator generator, Function<Dataset, Feed> feeding) {
            int batches = generator.batches();
            Check.data(
                    batches >= 1,
                    "BatchGenerator: a pass must have at least 1 batch, but has %d.",
                    batches);
            Dataset first = generator.batch(0, 0);
            Check.data(first != null, NO_BATCH, 0, 0);
            return new OfGenerator(generator, feeding.apply(first), feeding);
        }

        @Override
        public int batches() {
            return generator.batches();
        }

        @Override
        public int samples() {
            return 0;
        }

        @Override
        public String describe() {
            return batches() + " batches of a generator";
        }

        @Override
        public int firstSize() {
            return first.data().size();
        }

        @Override
        public Pass open(long pass, int from) {
            return new Generated(generator, feeding, pass, from);
        }
    }

    /// A pass of a generator.
    final class Generated implements Pass {
        private final BatchGenerator generator;
        private final Function<Dataset, Feed> feeding;
        private final long pass;
        private int index;
        private @Nullable CompletableFuture<Dataset> ahead;
        private @Nullable Feed feed;
        private @Nullable Batch batch;

        Generated(BatchGenerator generator, Function<Dataset, Feed> feeding, long pass, int from) {
            this.generator = generator;
            this.feeding = feeding;
            this.pass = pass;
            this.index = from;
            ahead();
        }

        private void ahead() {
            int next = index;
            ahead =
                    next < generator.batches()
                            ? CompletableFuture.supplyAsync(() -> generator.batch(pass, next))
                            : null;
        }

        @Override
        public boolean next() {
            if (ahead == null) {
                return false;
            }
            Dataset data;
            try {
                data = ahead.join();
            } catch (java.util.concurrent.CompletionException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw e;
            }
            Check.data(data != null, NO_BATCH, index, pass);
            index++;
            ahead();
            Feed fed = feeding.apply(data);
            Iterator<Batch> whole = fed.data().batches(Math.max(1, data.size())).iterator();
            Check.data(
                    whole.hasNext(), "BatchGenerator: batch %d of pass %d is empty.", index, pass);
            feed = fed;
            batch = whole.next();
            return true;
        }

        @Override
        public Batch batch() {
            return java.util.Objects.requireNonNull(batch, "before next()");
        }

        @Override
        public Feed feed() {
            return java.util.Objects.requireNonNull(feed, "before next()");
        }

        /// The batch that was begun ahead ends before anyone goes on: the generator is called by one thread at a time.
        @Override
        public void close() {
            if (ahead != null) {
                ahead.handle((_, _) -> null).join();
            }
        }
    }
}
