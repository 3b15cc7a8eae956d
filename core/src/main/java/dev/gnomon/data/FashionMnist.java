package dev.gnomon.data;

import java.nio.file.Path;

/// Pictures of clothes: 60,000 pictures to train on and 10,000 to test with, each `[28, 28]` of uint8, 0 is the background;
/// labels from 0 to 9.
///
/// See [KnownDataSet#FASHION_MNIST] for files, source and licence.
public final class FashionMnist {
    private FashionMnist() {}

    /// Reads the set from the data folder that [DataFolder#resolve] finds.
    public static TrainTest load() {
        return load(DataFolder.resolve(null));
    }

    /// Reads the set from `<dataFolder>/fashion-mnist`.
    public static TrainTest load(Path dataFolder) {
        return KnownDataSet.FASHION_MNIST.load(dataFolder);
    }
}
