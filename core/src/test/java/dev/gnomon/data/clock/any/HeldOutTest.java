package dev.gnomon.data.clock.any;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class HeldOutTest {
    @Test
    void handsOfHeldOutClocksAreNeverDrawnOtherwise() {
        var usual = EnumSet.noneOf(HandShape.class);
        var heldOut = EnumSet.noneOf(HandShape.class);
        var chance = new Chance(1, 1);
        for (int i = 0; i < 1000; i++) {
            usual.add(HandShape.of(chance, false));
            heldOut.add(HandShape.of(chance, true));
        }
        assertThat(heldOut).containsExactly(HandShape.PADDLE, HandShape.SYRINGE);
        assertThat(usual).isEqualTo(EnumSet.complementOf(heldOut));
    }

    @Test
    void dialsAndFiguresOfHeldOutClocksAreNeverDrawnOtherwise() {
        var chance = new Chance(1, 1);
        for (int i = 0; i < 500; i++) {
            assertThat(Figures.of(chance, true).angular()).isTrue();
            assertThat(Figures.of(chance, false).angular()).isFalse();
            assertThat(new Case(chance, true).shape()).isIn(Case.Shape.OCTAGON, Case.Shape.HEXAGON);
            assertThat(new Case(chance, false).shape())
                    .isIn(Case.Shape.ROUND, Case.Shape.SQUARE, Case.Shape.CUSHION);
        }
    }
}
