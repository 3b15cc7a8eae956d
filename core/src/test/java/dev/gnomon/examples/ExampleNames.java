package dev.gnomon.examples;

import dev.gnomon.keras.KerasNames;

/// The program's own classes by the names that they have in files. Its line in `META-INF/services` makes `Model.load`,
/// `Model.save` and the commands know them.
public final class ExampleNames implements KerasNames.Provider {
    @Override
    public KerasNames addTo(KerasNames names) {
        return names.with("examples>Scale", Scale.class)
                .with("examples>Swish", Swish.class)
                .with("examples>Pinball", Pinball.class)
                .with("examples>Decibels", Decibels.class)
                .with("examples>Lion", Lion.class);
    }
}
