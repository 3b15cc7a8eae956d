package dev.gnomon.data.transform;

import dev.gnomon.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/// Augmentations one after the other, for samples of one shape. Safe to use from many threads.
public final class AugmentationChain {
    private final Augmentation.Step[] steps;
    private final int firstNumber;
    private final ThreadLocal<AffineMap> maps = ThreadLocal.withInitial(AffineMap::new);

    /// @param firstNumber how many augmentations went before, elsewhere; each draws numbers of its own
    public AugmentationChain(Shape sample, int firstNumber, Augmentation... augmentations) {
        List<Augmentation.Step> made = new ArrayList<>();
        for (Augmentation augmentation : augmentations) {
            made.add(augmentation.prepare(sample));
        }
        steps = made.toArray(Augmentation.Step[]::new);
        this.firstNumber = firstNumber;
    }

    /// How many augmentations there are, with those that went before.
    public int count() {
        return firstNumber + steps.length;
    }

    /// Changes a sample by numbers drawn from the bits of its key.
    ///
    /// @param from the sample; written over where one array is not enough
    /// @param to the other array
    /// @return whether the result is in `to`, and not in `from`
    public boolean apply(long bits, float[] from, float[] to) {
        boolean inTo = false;
        for (int i = 0; i < steps.length; ) {
            float[] source = inTo ? to : from;
            float[] target = inTo ? from : to;
            int next = i + 1;
            boolean changed = true;
            if (steps[i] instanceof AffineStep affine) {
                while (next < steps.length && isJoined(affine, steps[next])) {
                    next++;
                }
                changed = move(affine, i, next, bits, source, target);
            } else {
                steps[i].apply(bits(bits, i), source, target);
            }
            inTo ^= changed;
            i = next;
        }
        return inTo;
    }

    private static boolean isJoined(AffineStep first, Augmentation.Step other) {
        return other instanceof AffineStep affine && affine.edge().equals(first.edge());
    }

    private boolean move(
            AffineStep affine, int first, int end, long bits, float[] source, float[] target) {
        AffineMap map = maps.get();
        map.reset();
        for (int i = first; i < end; i++) {
            ((AffineStep) steps[i]).draw(bits(bits, i), map);
        }
        if (map.isIdentity()) {
            return false;
        }
        map.apply(affine.picture(), affine.edge(), source, target);
        return true;
    }

    private long bits(long sample, int step) {
        return EpochBits.child(sample, firstNumber + step);
    }
}
