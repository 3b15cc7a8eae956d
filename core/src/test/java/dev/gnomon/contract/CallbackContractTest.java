package dev.gnomon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What every callback keeps.
class CallbackContractTest {
    private static final String CALLBACK = "dev.gnomon.train.Callback";

    // ---- the place for samples of callbacks: a table as in ScheduleContractTest

    /// The names of callbacks that have a sample, or are excepted with a reason.
    private static final Set<String> SAMPLED = Set.of();

    @Test
    void everyCallbackHasASample() {
        Set<String> owed = new HashSet<>(Types.concrete(CALLBACK));
        owed.removeAll(SAMPLED);
        assertThat(owed)
                .as("callbacks without a sample: add a row for each to CallbackContractTest")
                .isEmpty();
    }
}
