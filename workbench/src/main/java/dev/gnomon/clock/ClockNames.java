package dev.gnomon.clock;

import dev.gnomon.keras.KerasNames;

/// The names that this package's classes have in Keras's files.
public final class ClockNames implements KerasNames.Provider {
    @Override
    public KerasNames addTo(KerasNames names) {
        return names.with("gnomon>CircularError", CircularError.class);
    }
}
