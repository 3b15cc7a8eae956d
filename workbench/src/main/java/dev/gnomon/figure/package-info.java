/// Figures as SVG: plots, heat maps, picture sheets, drawings of networks.
@NullMarked
package dev.gnomon.figure;

import org.jspecify.annotations.NullMarked;
