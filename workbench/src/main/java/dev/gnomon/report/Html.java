package dev.gnomon.report;

import dev.gnomon.report.Block.Code;
import dev.gnomon.report.Block.Drawing;
import dev.gnomon.report.Block.Heading;
import dev.gnomon.report.Block.Paragraph;
import dev.gnomon.report.Block.Points;
import dev.gnomon.report.Block.Table;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Writes a report as a page that needs nothing else: figures and style are within. It is well-formed XML too.
final class Html {
    private static final Pattern BOLD = Pattern.compile("\\*\\*(.+?)\\*\\*");
    private static final Pattern CODE = Pattern.compile("`(.+?)`");
    private static final Pattern NUMBER = Pattern.compile("[-+–]?[\\d.,]+( ?(%|s|min|±.*))?|–");

    private static final String STYLE =
            """
            @page { size: A4; margin: 15mm 15mm 16mm 15mm;
              @bottom-right { content: counter(page) " / " counter(pages); font-family: "Liberation Sans"; font-size: 8pt; color: #666; } }
            body { font-family: "Liberation Sans", Arial, Helvetica, sans-serif; font-size: 9.2pt; line-height: 1.38; color: #222; max-width: 690px; margin: 0 auto; }
            h1 { font-size: 19pt; line-height: 1.15; margin: 0 0 2pt 0; }
            p.subtitle { color: #555; font-size: 10.5pt; margin: 0 0 10pt 0; }
            h2 { font-size: 12.5pt; margin: 13pt 0 4pt 0; page-break-after: avoid; }
            p { margin: 0 0 6pt 0; }
            body > *:last-child { margin-bottom: 0; }
            ul { margin: 0 0 6pt 0; padding-left: 14pt; }
            li { margin-bottom: 2.5pt; }
            div.figure { margin: 7pt 0 9pt 0; page-break-inside: avoid; }
            p.caption { font-size: 8.4pt; color: #444; margin: 3pt 0 0 0; }
            table { border-collapse: collapse; font-size: 8.2pt; width: 100%; margin: 2pt 0 9pt 0; -fs-table-paginate: paginate; }
            tr { page-break-inside: avoid; }
            p.above { page-break-after: avoid; margin-top: 5pt; }
            th { text-align: left; border-bottom: 1.2px solid #222; padding: 2pt 5pt 2pt 0; vertical-align: bottom; }
            td { border-bottom: 0.6px solid #ddd; padding: 1.7pt 5pt 1.7pt 0; vertical-align: top; }
            .number { text-align: right; padding-right: 9pt; }
            pre { background: #f5f5f5; padding: 5pt 7pt; font-family: "Liberation Mono", monospace; font-size: 8pt; white-space: pre-wrap; margin: 2pt 0 8pt 0; }
            code { font-family: "Liberation Mono", monospace; font-size: 90%; }
            @media screen { body { font-size: 15px; padding: 24px; } div.figure svg { max-width: 100%; height: auto; } table { font-size: 13px; } p.caption { font-size: 13px; } pre { font-size: 13px; } p.subtitle { font-size: 17px; } }
            """;

    private final StringBuilder out = new StringBuilder();
    private int figures;
    private int tables;

    private Html() {}

    static String of(Report report) {
        var html = new Html();
        html.out
                .append("<!DOCTYPE html>\n")
                .append("<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n")
                .append("<meta charset=\"UTF-8\"/>\n")
                .append("<meta name=\"viewport\" content=\"width=device-width\"/>\n<title>")
                .append(escaped(report.title()))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n");
        html.element("h1", report.title());
        html.out
                .append("<p class=\"subtitle\">")
                .append(inline(report.subtitle()))
                .append("</p>\n");
        report.blocks().forEach(html::write);
        return html.out.append("</body>\n</html>\n").toString();
    }

    private void write(Block block) {
        switch (block) {
            case Heading(String text) -> element("h2", text);
            case Paragraph(String text) -> element("p", text);
            case Points(List<String> texts) -> {
                out.append("<ul>\n");
                texts.forEach(text -> element("li", text));
                out.append("</ul>\n");
            }
            case Drawing(var figure) -> {
                out.append("<div class=\"figure\">\n").append(figure.svg().text());
                figures++;
                caption("Figure " + figures, figure.caption(), "");
                out.append("</div>\n");
            }
            case Table table -> write(table);
            case Code(String text) -> out.append("<pre>").append(escaped(text)).append("</pre>\n");
        }
    }

    private void write(Table table) {
        tables++;
        caption("Table " + tables, table.caption(), " above");
        List<Boolean> numbers =
                IntStream.range(0, table.header().size())
                        .mapToObj(column ->
                                table.rows().stream()
                                        .allMatch(row -> NUMBER.matcher(row.get(column)).matches()))
                        .toList();
        out.append("<table>\n<thead>");
        row("th", table.header(), numbers);
        out.append("</thead>\n<tbody>\n");
        table.rows().forEach(row -> row("td", row, numbers));
        out.append("</tbody>\n</table>\n");
    }

    private void row(String tag, List<String> cells, List<Boolean> numbers) {
        out.append("<tr>");
        for (int i = 0; i < cells.size(); i++) {
            out.append('<')
                    .append(tag)
                    .append(numbers.get(i) ? " class=\"number\">" : ">")
                    .append(inline(cells.get(i)))
                    .append("</")
                    .append(tag)
                    .append('>');
        }
        out.append("</tr>\n");
    }

    private void caption(String number, String text, String more) {
        out.append("<p class=\"caption" + more + "\"><b>")
                .append(number)
                .append(".</b> ")
                .append(inline(text))
                .append("</p>\n");
    }

    private void element(String tag, String text) {
        out.append('<')
                .append(tag)
                .append('>')
                .append(inline(text))
                .append("</")
                .append(tag)
                .append(">\n");
    }

    private static String inline(String text) {
        String bold = BOLD.matcher(escaped(text)).replaceAll("<b>$1</b>");
        return CODE.matcher(bold).replaceAll("<code>$1</code>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
