package dev.gnomon.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.check.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "{\"z\": 1, \"a\": [true, false, null, {\"b\": []}], \"c\": {}}",
                "[0.0010000000474974513, 1.0, 1e-07, -0.0, 0.0, 100000.0, 1e+16, 1234567890123456.0]",
                "[NaN, Infinity, -Infinity]",
                "[123456789012345678901234567890, -5]",
                "\"\\u00e4 \\ud83d\\ude00 \\\" \\\\ / \\n \\u0001 \\u007f\"",
            })
    void keepsTheTextOfPython(String text) {
        assertThat(Json.write(Json.parse(text, "test"))).isEqualTo(text);
    }

    /// The right side is what Python's `repr` gives.
    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "1, 1.0",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "1.5e-9, 1.5e-09",
        "1e15, 1000000000000000.0",
        "1e16, 1e+16",
        "1.25e300, 1.25e+300",
        "5e-324, 5e-324",
        "-2.5e-7, -2.5e-07",
        "123456.789, 123456.789",
    })
    void writesNumbersLikePython(double value, String expected) {
        assertThat(Json.number(value)).isEqualTo(expected);
        assertThat(Json.number((double) 0.001f)).isEqualTo("0.0010000000474974513");
    }

    @Test
    void takesNumbersOutOfRangeAsPythonDoes() {
        assertThat(Json.write(Json.parse("[1e400, -1e400, 1e-400]", "test")))
                .isEqualTo("[Infinity, -Infinity, 0.0]");
    }

    @Test
    void refusesWhatIsNotJson() {
        assertThatThrownBy(() -> Json.parse("{\"a\": }", "config.json"))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("config.json: is not valid JSON: ")
                .hasMessageContaining("line 1, column");
        for (String text :
                new String[] {"", "  ", "{} {}", "{\"a\": 1, \"a\": 2}", "[".repeat(100_000)}) {
            assertThatThrownBy(() -> Json.parse(text, "x")).isInstanceOf(FormatException.class);
        }
        assertThatThrownBy(() -> Json.parseObject("[1]", "x"))
                .hasMessage("x: a JSON object was expected, but this is array.");
    }
}
