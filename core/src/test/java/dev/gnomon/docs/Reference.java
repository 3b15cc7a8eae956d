package dev.gnomon.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Makes the pages of `docs/reference` from the sources: names, constructors, settings with their defaults, docs.
///
/// `java core/src/test/java/dev/gnomon/docs/Reference.java` writes them anew.
final class Reference {
    private static final Pattern LINK =
            Pattern.compile("\\[([\\w.]*)(?:#(\\w+))?(?:\\([^)\\]]*\\))?](?![(\\[])");

    private final Map<String, Map<String, Declared>> folders = new HashMap<>();

    /// The pages of each type; two types may have one name.
    private final Map<String, List<String>> pages = new HashMap<>();

    private Reference(Path root) throws IOException {
        Path sources = root.resolve("core/src/main/java/dev/gnomon");
        for (Family family : Family.ALL) {
            if (!folders.containsKey(family.folder())) {
                try (var files = Files.list(sources.resolve(family.folder()))) {
                    folders.put(
                            family.folder(),
                            Declared.in(
                                    files.filter(each -> each.toString().endsWith(".java"))
                                            .toList()));
                }
            }
            types(family)
                    .forEach(type ->
                            pages.computeIfAbsent(type.name(), _ -> new ArrayList<>())
                                    .add(family.page()));
        }
    }

    public static void main(String[] args) throws IOException {
        Path root = Path.of(args.length == 0 ? "." : args[0]);
        for (var page : pages(root).entrySet()) {
            Path file = root.resolve("docs/reference").resolve(page.getKey());
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, page.getValue());
        }
    }

    /// All pages by the names of their files.
    static Map<String, String> pages(Path root) throws IOException {
        var reference = new Reference(root);
        var pages = new TreeMap<String, String>();
        for (Family family : Family.ALL) {
            pages.put(family.page() + ".md", reference.page(family));
        }
        pages.put("README.md", reference.contents());
        return pages;
    }

    private List<Declared> types(Family family) {
        Map<String, Declared> all = Objects.requireNonNull(folders.get(family.folder()));
        List<Declared> types = new ArrayList<>();
        for (Declared type : all.values()) {
            if (type.isOneOf(family.kinds())) {
                types.add(type);
            }
        }
        for (String name : family.others()) {
            types.add(Objects.requireNonNull(all.get(name), name));
        }
        return types;
    }

    private String contents() {
        var text =
                new StringBuilder(
                        "# Reference\n\nMade from the docs in the sources. A setting that has a default is left out of the"
                                + " short constructor and changed by a method `with…`, which gives a new record.\n\n");
        for (Family family : Family.ALL) {
            text.append("- [%s](%s.md): ".formatted(family.title(), family.page()));
            var links =
                    types(family).stream()
                            .map(type ->
                                    link(type.name(), family.page())
                                            .replace("(#", "(" + family.page() + ".md#"));
            text.append(String.join(", ", links.toList())).append('\n');
        }
        return text.toString();
    }

    private String page(Family family) {
        var text = new StringBuilder("# " + family.title() + "\n\n" + family.intro() + "\n");
        List<Declared> types = types(family);
        if (types.size() > 1) {
            text.append("\n| | |\n|---|---|\n");
            for (Declared type : types) {
                String summary = linked(type.doc().summary(), type.name(), family.page());
                text.append(row(link(type.name(), family.page()), summary));
            }
        }
        types.forEach(type -> text.append('\n').append(section(type, family.page())));
        return text.toString();
    }

    // ---- a type

    private String section(Declared type, String page) {
        var text = new StringBuilder("## " + type.name() + "\n");
        List<String> calls = type.calls();
        if (!calls.isEmpty()) {
            text.append("\n```java\n" + String.join("\n", calls) + "\n```\n");
        }
        Doc doc = type.doc();
        if (!doc.text().isEmpty()) {
            text.append('\n').append(linked(doc.text(), type.name(), page)).append('\n');
        }
        settings(type, page, text);
        table("constant", type.constants(), type, page, text);
        var methods = new TreeMap<String, Doc>();
        var changes = new ArrayList<String>();
        type.methods()
                .forEach((call, method) -> {
                    if (call.startsWith("with") && method.line().isEmpty()) {
                        changes.add("`" + call + "`");
                    } else {
                        methods.put(call, method);
                    }
                });
        if (!changes.isEmpty()) {
            text.append("\nChanged by " + String.join(", ", changes) + ".\n");
        }
        for (String helper : type.helpers()) {
            text.append("\nChanged also by the methods of " + link(helper, page) + ".\n");
        }
        Map<String, Doc> ordered = type.methods();
        ordered.keySet().retainAll(methods.keySet());
        table("method", ordered, type, page, text);
        return text.toString();
    }

    private void settings(Declared type, String page, StringBuilder text) {
        Map<String, String> meanings = type.doc().parameters();
        if (type.settings().isEmpty()) {
            return;
        }
        text.append("\n| setting | type | default | |\n|---|---|---|---|\n");
        for (Declared.Setting each : type.settings()) {
            String initial = each.initial().isEmpty() ? "" : "`" + each.initial() + "`";
            String meaning = meanings.getOrDefault(each.name(), "");
            text.append(
                    row(
                            "`" + each.name() + "`",
                            "`" + each.type() + "`",
                            initial,
                            linked(meaning, type.name(), page)));
        }
    }

    private void table(
            String title, Map<String, Doc> rows, Declared type, String page, StringBuilder text) {
        if (rows.isEmpty()) {
            return;
        }
        text.append("\n| " + title + " | |\n|---|---|\n");
        rows.forEach((name, doc) ->
                text.append(row("`" + name + "`", linked(doc.line(), type.name(), page))));
    }

    private static String row(String... cells) {
        var text = new StringBuilder("|");
        for (String cell : cells) {
            text.append(' ').append(cell.replace("|", "\\|")).append(cell.isEmpty() ? "|" : " |");
        }
        return text.append('\n').toString();
    }

    // ---- links

    private String link(String type, String from) {
        List<String> all = pages.getOrDefault(type, List.of());
        if (all.isEmpty()) {
            return "`" + type + "`";
        }
        String page = all.contains(from) ? "" : all.getFirst() + ".md";
        return "[" + type + "](" + page + "#" + type.toLowerCase(Locale.ROOT) + ")";
    }

    /// A text whose references to types and members are links where there is a page, else code.
    private String linked(String text, String type, String page) {
        String[] parts = text.split("`", -1);
        for (int i = 0; i < parts.length; i += 2) {
            parts[i] =
                    LINK.matcher(parts[i])
                            .replaceAll(found -> {
                                String name = found.group(1).replaceAll(".*\\.", "");
                                String member = found.group(2);
                                if (member == null) {
                                    return link(name, page);
                                }
                                boolean own = name.isEmpty() || name.equals(type);
                                String code =
                                        own ? "`" + member + "`" : "`" + name + "." + member + "`";
                                return pages.containsKey(name) && !own
                                        ? link(name, page).replace("[" + name, "[" + code)
                                        : code;
                            });
        }
        return String.join("`", parts);
    }
}
