package dev.gnomon.report;

import dev.gnomon.figure.Figure;
import java.util.List;

/// A part of a [Report]. In texts, words between two `**` are bold and words between backticks are code.
public sealed interface Block {
    /// The title of a section.
    record Heading(String text) implements Block {}

    /// A paragraph.
    record Paragraph(String text) implements Block {}

    /// A list with a dot before each text.
    record Points(List<String> texts) implements Block {}

    /// A figure with its number and caption.
    record Drawing(Figure figure) implements Block {}

    /// A table; cells that look like numbers stand at the right.
    ///
    /// @param caption what is in it
    /// @param header the titles of the columns
    /// @param rows the cells, as many in each row as there are columns
    record Table(String caption, List<String> header, List<List<String>> rows) implements Block {}

    /// Commands or settings, as they are typed.
    record Code(String text) implements Block {}
}
