package dev.gnomon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The documents say what is there: code that names its file stands in that file, and links lead somewhere.
class DocsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern CODE =
            Pattern.compile(
                    "<!-- from (\\S+) -->\\s*```(?:java|python|xml)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern UNNAMED = Pattern.compile("(?<!-->\\n)```(?:java|python|xml)\\n");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    static Stream<Path> documents() throws IOException {
        try (var docs = Files.walk(ROOT.resolve("docs"))) {
            List<Path> pages =
                    docs.filter(path -> path.toString().endsWith(".md")).sorted().toList();
            return Stream.concat(
                    pages.stream(),
                    Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md").map(ROOT::resolve));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void codeStandsInTheFileItNames(Path document) throws IOException {
        for (MatchResult code : CODE.matcher(Files.readString(document)).results().toList()) {
            Path source = ROOT.resolve(code.group(1));
            assertThat(squeezed(Files.readString(source)))
                    .as(document + " quotes " + source)
                    .contains(squeezed(code.group(2)));
        }
    }

    /// Pages for users show nothing that is not compiled; the reference quotes the sources as a whole.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "docs/first-network.md",
                "docs/python-and-java.md",
                "docs/extending.md",
                "docs/adding-an-op.md"
            })
    void allCodeNamesItsFile(String page) throws IOException {
        assertThat(Files.readString(ROOT.resolve(page))).doesNotContainPattern(UNNAMED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void linksLeadSomewhere(Path document) throws IOException {
        for (MatchResult link : LINK.matcher(Files.readString(document)).results().toList()) {
            assertThat(document.resolveSibling(link.group(1))).as("link in " + document).exists();
        }
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
