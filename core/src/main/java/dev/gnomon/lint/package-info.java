/// The set-up linter: says in plain sentences what is likely to be wrong with a model, its data and settings.
@NullMarked
package dev.gnomon.lint;

import org.jspecify.annotations.NullMarked;
