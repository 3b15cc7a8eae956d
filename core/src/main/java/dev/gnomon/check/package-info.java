/// Checks of arguments and the family of exceptions that tell a user what to mend.
@org.jspecify.annotations.NullMarked
package dev.gnomon.check;
