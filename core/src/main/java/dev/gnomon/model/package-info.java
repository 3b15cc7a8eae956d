/// Models: `Sequential`, `Functional`, `fit`, `evaluate`, `predict`. Users start here.
@org.jspecify.annotations.NullMarked
package dev.gnomon.model;
