package dev.gnomon.cli;

import dev.gnomon.data.Column;
import dev.gnomon.data.Images;
import dev.gnomon.data.PictureFiles;
import dev.gnomon.data.transform.Interpolation;
import dev.gnomon.data.transform.Resize;
import dev.gnomon.tensor.DType;
import dev.gnomon.tensor.Shape;
import dev.gnomon.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/// Picture files of any size for a model that takes one size.
final class FittedPictures {
    private FittedPictures() {}

    /// How pictures are brought to a size.
    enum Fitting {
        /// As Keras and folders of pictures do: stretched, as they are stored.
        KERAS,
        /// Turned as the camera was held; what is too high or too wide is cut off on both sides, the rest is averaged.
        PHOTOGRAPH
    }

    /// Pictures in the size and the colours that a model takes.
    ///
    /// @param wanted the shape of a sample of the model; where it is no picture, the files must be all of one size
    static Column of(List<Path> files, Shape wanted, Fitting fitting) {
        boolean colour = wanted.rank() == 3 && wanted.last() == 3;
        boolean picture =
                wanted.rank() == 2 || (wanted.rank() == 3 && (colour || wanted.last() == 1));
        if (!picture) {
            return column(files, colour, fitting);
        }
        int height = wanted.dim(0);
        int width = wanted.dim(1);
        int size = (int) wanted.elements();
        float[] values = new float[files.size() * size];
        for (int i = 0; i < files.size(); i++) {
            Column one = column(List.of(files.get(i)), colour, fitting);
            boolean fits = one.shape().dim(1) == height && one.shape().dim(2) == width;
            Tensor row = (fits ? one : one.map(resize(one, height, width, fitting))).tensor();
            System.arraycopy(row.values(), 0, values, i * size, size);
        }
        return Column.of(Tensor.of(values, files.size(), height, width, size / (height * width)))
                .withSampleShape(wanted.dims());
    }

    /// Photographs as squares, grey, each read when it is wanted.
    static Column onDemand(List<Path> files, int side) {
        var shape = Shape.of(side, side);
        return Column.of(
                files.size(),
                shape,
                DType.FLOAT32,
                (row, sample) ->
                        MemorySegment.copy(
                                MemorySegment.ofArray(
                                        of(List.of(files.get(row)), shape, Fitting.PHOTOGRAPH)
                                                .tensor()
                                                .values()),
                                0,
                                sample,
                                0,
                                4L * side * side));
    }

    private static Resize resize(Column picture, int height, int width, Fitting fitting) {
        var resize = new Resize(height, width);
        if (fitting == Fitting.KERAS) {
            return resize;
        }
        boolean smaller =
                Math.min(picture.shape().dim(1), picture.shape().dim(2)) >= Math.max(height, width);
        return resize.withFit(Resize.Fit.CROP)
                .withInterpolation(smaller ? Interpolation.AREA : Interpolation.BILINEAR);
    }

    private static Column column(List<Path> files, boolean colour, Fitting fitting) {
        var images =
                files.stream()
                        .map(
                                fitting == Fitting.KERAS
                                        ? PictureFiles::read
                                        : PictureFiles::readUpright)
                        .toList();
        return colour ? Images.rgb(images) : Images.grey(images);
    }
}
