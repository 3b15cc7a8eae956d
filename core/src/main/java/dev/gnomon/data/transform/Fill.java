package dev.gnomon.data.transform;

/// What is seen beyond the edges of a picture, by Keras's names.
public enum Fill {
    /// The picture mirrored at its edge: `d c b a | a b c d | d c b a`.
    REFLECT {
        @Override
        int inside(int place, int size) {
            int period = 2 * size;
            int at = Math.floorMod(place, period);
            return at < size ? at : period - 1 - at;
        }
    },
    /// The pixel of the edge: `a a a a | a b c d | d d d d`.
    NEAREST {
        @Override
        int inside(int place, int size) {
            return Math.min(Math.max(place, 0), size - 1);
        }
    },
    /// The picture again: `a b c d | a b c d | a b c d`.
    WRAP {
        @Override
        int inside(int place, int size) {
            return Math.floorMod(place, size);
        }
    },
    /// One value.
    CONSTANT {
        @Override
        int inside(int place, int size) {
            return place >= 0 && place < size ? place : -1;
        }
    };

    /// The place within the picture that a place stands for, or -1 for the value that is filled in.
    abstract int inside(int place, int size);
}
