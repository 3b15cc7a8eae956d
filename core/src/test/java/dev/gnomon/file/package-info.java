@org.jspecify.annotations.NullMarked
package dev.gnomon.file;
