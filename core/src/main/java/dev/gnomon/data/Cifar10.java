package dev.gnomon.data;

import java.nio.file.Path;

/// Photographs of ten kinds of things: 50,000 to train on and 10,000 to test with, each `[32, 32, 3]` of uint8; labels from 0
/// to 9, `[n, 1]` as Keras has them.
///
/// See [KnownDataSet#CIFAR_10] for files, source and licence.
public final class Cifar10 {
    private Cifar10() {}

    /// Reads the set from the data folder that [DataFolder#resolve] finds.
    public static TrainTest load() {
        return load(DataFolder.resolve(null));
    }

    /// Reads the set from `<dataFolder>/cifar-10`.
    public static TrainTest load(Path dataFolder) {
        var set = KnownDataSet.CIFAR_10;
        set.requireFiles(dataFolder);
        return new CifarFiles(set, 1, 0, set.classNames()).load(dataFolder);
    }
}
