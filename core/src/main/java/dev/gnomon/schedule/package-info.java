/// Learning rates that change with the number of steps done.
@org.jspecify.annotations.NullMarked
package dev.gnomon.schedule;
