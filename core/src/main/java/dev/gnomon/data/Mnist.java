package dev.gnomon.data;

import java.nio.file.Path;

/// Handwritten digits: 60,000 pictures to train on and 10,000 to test with, each `[28, 28]` of uint8, 0 is the background;
/// labels from 0 to 9.
///
/// See [KnownDataSet#MNIST] for files, source and licence.
public final class Mnist {
    private Mnist() {}

    /// Reads the set from the data folder that [DataFolder#resolve] finds.
    public static TrainTest load() {
        return load(DataFolder.resolve(null));
    }

    /// Reads the set from `<dataFolder>/mnist`.
    public static TrainTest load(Path dataFolder) {
        return KnownDataSet.MNIST.load(dataFolder);
    }
}
