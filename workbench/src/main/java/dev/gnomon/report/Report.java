package dev.gnomon.report;

import dev.gnomon.figure.Figure;
import dev.gnomon.report.Block.Code;
import dev.gnomon.report.Block.Drawing;
import dev.gnomon.report.Block.Heading;
import dev.gnomon.report.Block.Paragraph;
import dev.gnomon.report.Block.Points;
import dev.gnomon.report.Block.Table;
import java.util.List;
import java.util.stream.Stream;

/// What is said of a study, from its title to its last line.
///
/// @param title above all
/// @param subtitle what was done, in a line
/// @param blocks the parts in their order
public record Report(String title, String subtitle, List<Block> blocks) {
    /// A report without parts.
    public static Report titled(String title, String subtitle) {
        return new Report(title, subtitle, List.of());
    }

    /// With one part more.
    public Report with(Block block) {
        return new Report(
                title, subtitle, Stream.concat(blocks.stream(), Stream.of(block)).toList());
    }

    public Report heading(String text) {
        return with(new Heading(text));
    }

    public Report paragraph(String text) {
        return with(new Paragraph(text));
    }

    public Report points(List<String> texts) {
        return with(new Points(texts));
    }

    public Report figure(Figure figure) {
        return with(new Drawing(figure));
    }

    public Report table(String caption, List<String> header, List<List<String>> rows) {
        return with(new Table(caption, header, rows));
    }

    public Report code(String text) {
        return with(new Code(text));
    }

    /// The figures in their order.
    public List<Figure> figures() {
        return blocks.stream()
                .filter(Drawing.class::isInstance)
                .map(block -> ((Drawing) block).figure())
                .toList();
    }
}
