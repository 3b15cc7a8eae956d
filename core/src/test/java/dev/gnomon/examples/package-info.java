/// What a user's program looks like: the public API only, and no more than a user would write.
@org.jspecify.annotations.NullMarked
package dev.gnomon.examples;
