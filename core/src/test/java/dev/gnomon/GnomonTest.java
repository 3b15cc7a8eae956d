package dev.gnomon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GnomonTest {
    @Test
    void versionIsThatOfTheBuild() {
        assertThat(Gnomon.version()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }
}
