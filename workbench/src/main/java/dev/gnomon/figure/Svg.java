package dev.gnomon.figure;

/// A drawing in SVG in the making; lengths are in pixels of a page at 96 dots an inch. Not thread-safe.
public final class Svg {
    /// The fonts of all texts; the first is the one that reports bring along.
    static final String FONT = "Liberation Sans, Arial, Helvetica, sans-serif";

    static final double TEXT = 11;
    static final String INK = "#222222";
    static final String FAINT = "#666666";
    static final String GRID = "#e4e4e4";

    /// Colours that are told apart by most who cannot tell red from green; after Okabe and Ito.
    private static final String[] COLOURS = {
        "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7a5195", "#5c5c5c"
    };

    private final double width;
    private final double height;
    private final StringBuilder body = new StringBuilder();

    /// An empty drawing.
    public Svg(double width, double height) {
        this.width = Math.ceil(width);
        this.height = Math.ceil(height);
    }

    public double width() {
        return width;
    }

    public double height() {
        return height;
    }

    /// A colour for the series of that number; they begin anew after the last.
    public static String colour(int series) {
        return COLOURS[Math.floorMod(series, COLOURS.length)];
    }

    /// A number as it stands in a drawing.
    static String number(double value) {
        double rounded = Math.round(value * 100) / 100.0;
        return rounded == Math.rint(rounded) && Math.abs(rounded) < 1e9
                ? Long.toString((long) rounded)
                : Double.toString(rounded);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private Svg add(String element) {
        body.append(element).append('\n');
        return this;
    }

    /// A straight line.
    public Svg line(double x1, double y1, double x2, double y2, String colour, double thickness) {
        return add(
                "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\" stroke-width=\"%s\"/>"
                        .formatted(
                                number(x1),
                                number(y1),
                                number(x2),
                                number(y2),
                                colour,
                                number(thickness)));
    }

    /// A filled rectangle.
    public Svg rectangle(double x, double y, double w, double h, String fill) {
        return add(
                "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>"
                        .formatted(number(x), number(y), number(w), number(h), fill));
    }

    /// A square that lets what is below shine through.
    Svg shade(double x, double y, double side, String fill, double opacity) {
        return add(
                "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\" fill-opacity=\"%s\"/>"
                        .formatted(
                                number(x),
                                number(y),
                                number(side),
                                number(side),
                                fill,
                                number(opacity)));
    }

    /// A rectangle with round corners and an edge.
    Svg box(double x, double y, double w, double h, String fill, String edge) {
        return add(
                "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"4\" fill=\"%s\" stroke=\"%s\"/>"
                        .formatted(number(x), number(y), number(w), number(h), fill, edge));
    }

    /// A disc.
    public Svg circle(double x, double y, double radius, String fill) {
        return add(
                "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\"/>"
                        .formatted(number(x), number(y), number(radius), fill));
    }

    /// A line through points: `M 0 0 L 1 1 …`.
    Svg path(CharSequence path, String colour, double thickness, boolean dashed) {
        return add(
                "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\" stroke-linejoin=\"round\"%s/>"
                        .formatted(
                                path,
                                colour,
                                number(thickness),
                                dashed ? " stroke-dasharray=\"4 3\"" : ""));
    }

    Svg area(CharSequence path, String fill, double opacity) {
        return add(
                "<path d=\"%s\" fill=\"%s\" fill-opacity=\"%s\" stroke=\"none\"/>"
                        .formatted(path, fill, number(opacity)));
    }

    /// How a text lies at its point.
    public enum Anchor {
        START("start"),
        MIDDLE("middle"),
        END("end");

        private final String name;

        Anchor(String name) {
            this.name = name;
        }
    }

    /// A text on the line at `y`.
    public Svg text(double x, double y, String text, Anchor anchor, double size, String colour) {
        return text(x, y, text, anchor, size, colour, "");
    }

    Svg bold(double x, double y, String text, Anchor anchor, double size, String colour) {
        return text(x, y, text, anchor, size, colour, " font-weight=\"bold\"");
    }

    /// A text that runs upwards.
    Svg upwards(double x, double y, String text, double size, String colour) {
        return text(
                x,
                y,
                text,
                Anchor.MIDDLE,
                size,
                colour,
                " transform=\"rotate(-90 %s %s)\"".formatted(number(x), number(y)));
    }

    private Svg text(
            double x,
            double y,
            String text,
            Anchor anchor,
            double size,
            String colour,
            String more) {
        return add(
                "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" font-family=\"%s\" font-size=\"%s\" fill=\"%s\"%s>%s</text>"
                        .formatted(
                                number(x),
                                number(y),
                                anchor.name,
                                FONT,
                                number(size),
                                colour,
                                more,
                                escaped(text)));
    }

    /// A PNG, its pixels not blurred.
    public Svg picture(double x, double y, double w, double h, String base64) {
        return add(
                ("<image x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" image-rendering=\"optimizeSpeed\""
                                + " preserveAspectRatio=\"none\" xlink:href=\"data:image/png;base64,%s\"/>")
                        .formatted(number(x), number(y), number(w), number(h), base64));
    }

    /// Another drawing within this one.
    public Svg place(Svg other, double x, double y) {
        body.append("<g transform=\"translate(%s %s)\">\n".formatted(number(x), number(y)))
                .append(other.body)
                .append("</g>\n");
        return this;
    }

    /// About how wide a text is.
    static double widthOf(String text, double size) {
        double ems = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            ems += "iljtf.,:;'|! ".indexOf(c) >= 0 ? 0.29 : Character.isUpperCase(c) ? 0.7 : 0.545;
        }
        return ems * size;
    }

    /// The whole drawing as an SVG element.
    public String text() {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"%s\" height=\"%s\" viewBox=\"0 0 %s %s\">\n%s</svg>\n"
                .formatted(number(width), number(height), number(width), number(height), body);
    }
}
