@org.jspecify.annotations.NullMarked
package dev.gnomon.keras;
