/// What changes samples on their way into a batch: transforms, always the same; augmentations, at random and only in
/// training.
@org.jspecify.annotations.NullMarked
package dev.gnomon.data.transform;
