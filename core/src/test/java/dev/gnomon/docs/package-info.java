/// The maker of the reference pages.
@org.jspecify.annotations.NullMarked
package dev.gnomon.docs;
