package dev.gnomon.data.transform;

import static dev.gnomon.check.Check.config;

import dev.gnomon.tensor.Shape;

/// Brings pictures to a size, as `keras.layers.Resizing` does.
///
/// @param height of the result, at least 1
/// @param width of the result, at least 1
/// @param interpolation bilinear by default
/// @param fit what happens to pictures of another aspect ratio; they are stretched by default
/// @param fillValue what is put beside pictures that are padded; 0 by default
public record Resize(int height, int width, Interpolation interpolation, Fit fit, double fillValue)
        implements Transform {
    /// What happens to pictures whose aspect ratio is not that of the result.
    public enum Fit {
        /// They are stretched.
        STRETCH,
        /// What is too high or too wide is cut off on both sides before resizing.
        CROP,
        /// They are filled up on both sides before resizing.
        PAD,
        /// They are resized as far as they fit and then filled up on both sides, as TensorFlow's `resize_with_pad` does.
        LETTERBOX
    }

    public Resize {
        config(
                height >= 1 && width >= 1,
                "Resize: height and width must be at least 1, but are %d and %d.",
                height,
                width);
    }

    /// Bilinear, stretched.
    public Resize(int height, int width) {
        this(height, width, Interpolation.BILINEAR, Fit.STRETCH, 0);
    }

    public Resize withInterpolation(Interpolation interpolation) {
        return new Resize(height, width, interpolation, fit, fillValue);
    }

    public Resize withFit(Fit fit) {
        return new Resize(height, width, interpolation, fit, fillValue);
    }

    public Resize withFillValue(double value) {
        return new Resize(height, width, interpolation, fit, value);
    }

    @Override
    public Step prepare(Shape sample) {
        var picture = Picture.of("Resize", sample);
        Shape result = Picture.resized(sample, height, width);
        return switch (fit) {
            case STRETCH -> Transform.step(result, Resampling.of(picture, this));
            case CROP -> after(new CenterCrop(cropHeight(picture), cropWidth(picture)), sample);
            case PAD -> after(padding(picture), sample);
            case LETTERBOX -> letterbox(picture, sample);
        };
    }

    /// In float32 as Keras has it.
    private int cropHeight(Picture of) {
        return Math.max(1, Math.min(of.height(), (int) ((float) (of.width() * height) / width)));
    }

    private int cropWidth(Picture of) {
        return Math.max(1, Math.min(of.width(), (int) ((float) (of.height() * width) / height)));
    }

    private Pad padding(Picture of) {
        int high = Math.max(of.height(), (int) ((float) (of.width() * height) / width));
        int wide = Math.max(of.width(), (int) ((float) (of.height() * width) / height));
        int top = (high - of.height()) / 2;
        int left = (wide - of.width()) / 2;
        return new Pad(top, top, left, left, fillValue);
    }

    /// In float32 as TensorFlow has it.
    private Step letterbox(Picture of, Shape sample) {
        float ratio = Math.max((float) of.width() / width, (float) of.height() / height);
        float high = of.height() / ratio;
        float wide = of.width() / ratio;
        int inner = Math.clamp((int) high, 1, height);
        int innerWidth = Math.clamp((int) wide, 1, width);
        int top = Math.clamp((int) Math.floor((height - high) / 2), 0, height - inner);
        int left = Math.clamp((int) Math.floor((width - wide) / 2), 0, width - innerWidth);
        return chain(
                new Resize(inner, innerWidth).withInterpolation(interpolation).prepare(sample),
                new Pad(top, height - inner - top, left, width - innerWidth - left, fillValue));
    }

    private Step after(Transform first, Shape sample) {
        return chain(first.prepare(sample), withFit(Fit.STRETCH));
    }

    private static Step chain(Step before, Transform second) {
        var then = second.prepare(before.shape());
        int between = Math.toIntExact(before.shape().elements());
        return Transform.step(
                then.shape(),
                (from, to) -> {
                    float[] middle = new float[between];
                    before.apply(from, middle);
                    then.apply(middle, to);
                });
    }
}
