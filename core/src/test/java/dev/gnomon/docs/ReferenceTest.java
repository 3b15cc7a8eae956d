package dev.gnomon.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The pages of the reference are what the sources say now, and read well as Markdown.
class ReferenceTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern CODE = Pattern.compile("```.*?```|`[^`]*`", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]*)#([^)]+)\\)");

    @Test
    void pagesAreUpToDate() throws IOException {
        Path folder = ROOT.resolve("docs/reference");
        var there = new TreeSet<String>();
        try (var files = Files.list(folder)) {
            files.forEach(file -> there.add(String.valueOf(file.getFileName())));
        }
        Map<String, String> pages = Reference.pages(ROOT);
        assertThat(there).isEqualTo(pages.keySet());
        for (var page : pages.entrySet()) {
            assertThat(Files.readString(folder.resolve(page.getKey())))
                    .as(
                            "docs/reference/%s is not what the sources say; make it anew by"
                                    + " java core/src/test/java/dev/gnomon/docs/Reference.java",
                            page.getKey())
                    .isEqualTo(page.getValue());
        }
    }

    @Test
    void linksLeadToHeadings() throws IOException {
        Map<String, String> pages = Reference.pages(ROOT);
        for (var page : pages.entrySet()) {
            for (MatchResult link : LINK.matcher(page.getValue()).results().toList()) {
                String target = link.group(1).isEmpty() ? page.getKey() : link.group(1);
                assertThat(pages.getOrDefault(target, "").toLowerCase(Locale.ROOT))
                        .as(page.getKey() + " links to " + link.group())
                        .contains("\n## " + link.group(2) + "\n");
            }
        }
    }

    @Test
    void nothingOfJavadocIsLeft() throws IOException {
        for (var page : Reference.pages(ROOT).entrySet()) {
            String prose = CODE.matcher(page.getValue()).replaceAll("");
            assertThat(prose)
                    .as(page.getKey())
                    .doesNotContain("@param", "@return", "{@", "[#", "///");
            assertThat(prose.replaceAll("\\[[^\\]]*\\]\\(", "(")).doesNotContain("[", "]");
        }
    }

    @Test
    void tablesHaveTheSameCellsInEachRow() throws IOException {
        for (var page : Reference.pages(ROOT).entrySet()) {
            int cells = 0;
            for (String line : CODE.matcher(page.getValue()).replaceAll("`").split("\n", -1)) {
                int found =
                        line.startsWith("|") ? line.replace("\\|", "").split("\\|", -1).length : 0;
                assertThat(cells == 0 || found == 0 || found == cells)
                        .as(page.getKey() + ": " + line)
                        .isTrue();
                cells = found;
            }
        }
    }
}
