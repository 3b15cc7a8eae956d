package dev.gnomon.data;

import static dev.gnomon.check.Check.config;
import static dev.gnomon.check.Check.data;

import dev.gnomon.data.transform.Interpolation;
import dev.gnomon.data.transform.Resize.Fit;
import dev.gnomon.random.Key;
import java.nio.file.Path;
import java.util.List;

/// Pictures in folders, one folder for each class, as Keras's `image_dataset_from_directory` reads them.
///
/// ```java
/// var letters = ImageFolder.of(Path.of("greek")).withImageSize(28, 28).withColorMode(ColorMode.GRAYSCALE).load();
/// ```
///
/// Pictures are decoded when a batch is filled, by several threads, and nothing is kept: a folder may be larger than
/// memory. `load().cached()` keeps them. Files are sorted, then shuffled by the seed (in an order of its own, not that of
/// numpy); links to folders are not followed. Files of other kinds than [#SUFFIXES] are passed over.
/// What Keras calls `validation_split` with `subset` is `load().split(0.8, 0.2)`.
///
/// @param folder where the pictures are
/// @param labelMode the form of the labels; INT by default
/// @param classNames the folders that are classes, in the order of their numbers; empty (the default) for all, sorted
/// @param colorMode RGB by default
/// @param height of the pictures; 256 by default
/// @param width of the pictures; 256 by default
/// @param interpolation bilinear by default
/// @param fit whether pictures of another aspect ratio are stretched (the default), cut, or, after resizing, filled up
///     with black
/// @param shuffle true by default
/// @param seed of the order of the samples; 0 by default
public record ImageFolder(
        Path folder,
        LabelMode labelMode,
        List<String> classNames,
        ColorMode colorMode,
        int height,
        int width,
        Interpolation interpolation,
        Fit fit,
        boolean shuffle,
        long seed) {
    /// The ends of the names of files that are pictures, in small letters.
    public static final List<String> SUFFIXES = List.of(".bmp", ".gif", ".jpeg", ".jpg", ".png");

    /// The form of labels.
    public enum LabelMode {
        /// Class numbers `[n]`.
        INT,
        /// One-hot `[n, classes]`.
        CATEGORICAL,
        /// 0 or 1, `[n, 1]`, for exactly two classes.
        BINARY,
        /// No labels; pictures of all folders.
        NONE
    }

    /// The channels of pictures.
    public enum ColorMode {
        GRAYSCALE(1),
        RGB(3),
        RGBA(4);

        private final int channels;

        ColorMode(int channels) {
            this.channels = channels;
        }

        /// How many values a pixel has.
        public int channels() {
            return channels;
        }
    }

    public ImageFolder {
        classNames = List.copyOf(classNames);
        config(
                height >= 1 && width >= 1,
                "ImageFolder: height and width must be at least 1, but are %d and %d.",
                height,
                width);
        config(
                classNames.isEmpty() || labelMode != LabelMode.NONE,
                "ImageFolder: class names belong to labels, but the label mode is NONE. Leave one of them out.");
    }

    /// The pictures of a folder with Keras's defaults.
    public static ImageFolder of(Path folder) {
        return new ImageFolder(
                folder,
                LabelMode.INT,
                List.of(),
                ColorMode.RGB,
                256,
                256,
                Interpolation.BILINEAR,
                Fit.STRETCH,
                true,
                0);
    }

    /// Reads a folder with Keras's defaults.
    public static Dataset load(Path folder) {
        return of(folder).load();
    }

    public ImageFolder withLabelMode(LabelMode mode) {
        return new ImageFolder(
                folder,
                mode,
                classNames,
                colorMode,
                height,
                width,
                interpolation,
                fit,
                shuffle,
                seed);
    }

    public ImageFolder withClassNames(String... names) {
        return new ImageFolder(
                folder,
                labelMode,
                List.of(names),
                colorMode,
                height,
                width,
                interpolation,
                fit,
                shuffle,
                seed);
    }

    public ImageFolder withColorMode(ColorMode mode) {
        return new ImageFolder(
                folder,
                labelMode,
                classNames,
                mode,
                height,
                width,
                interpolation,
                fit,
                shuffle,
                seed);
    }

    public ImageFolder withImageSize(int newHeight, int newWidth) {
        return new ImageFolder(
                folder,
                labelMode,
                classNames,
                colorMode,
                newHeight,
                newWidth,
                interpolation,
                fit,
                shuffle,
                seed);
    }

    public ImageFolder withInterpolation(Interpolation other) {
        return new ImageFolder(
                folder, labelMode, classNames, colorMode, height, width, other, fit, shuffle, seed);
    }

    public ImageFolder withFit(Fit other) {
        return new ImageFolder(
                folder,
                labelMode,
                classNames,
                colorMode,
                height,
                width,
                interpolation,
                other,
                shuffle,
                seed);
    }

    public ImageFolder withShuffle(boolean on) {
        return new ImageFolder(
                folder,
                labelMode,
                classNames,
                colorMode,
                height,
                width,
                interpolation,
                fit,
                on,
                seed);
    }

    public ImageFolder withSeed(long other) {
        return new ImageFolder(
                folder,
                labelMode,
                classNames,
                colorMode,
                height,
                width,
                interpolation,
                fit,
                shuffle,
                other);
    }

    /// Lists the files; the pictures themselves are read when a batch is filled.
    public Dataset load() {
        var listing = ImageListing.of(this);
        var all = listing.dataset(this);
        return shuffle
                ? all.select(Key.of(seed).child("folder/shuffled").permutation(all.size()))
                : all;
    }

    /// The samples in two parts, to train on and to validate on: the share is cut from the end, after shuffling.
    ///
    /// @param validationSplit the share to validate on, above 0 and below 1
    public List<Dataset> loadSplit(double validationSplit) {
        config(
                validationSplit > 0 && validationSplit < 1,
                "ImageFolder: validationSplit must be above 0 and below 1, but is %s.",
                validationSplit);
        var all = load();
        int held = (int) (validationSplit * all.size());
        data(
                held >= 1 && held < all.size(),
                "ImageFolder: a validationSplit of %s of %d pictures leaves one part empty.",
                validationSplit,
                all.size());
        return List.of(all.take(all.size() - held), all.skip(all.size() - held));
    }
}
