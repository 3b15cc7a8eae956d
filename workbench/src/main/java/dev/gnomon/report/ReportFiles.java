package dev.gnomon.report;

import com.openhtmltopdf.css.sheet.FontFaceRule;
import com.openhtmltopdf.layout.SharedContext;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.svgsupport.BatikSVGDrawer;
import com.openhtmltopdf.util.XRLog;
import dev.gnomon.data.AtomicFile;
import java.awt.FontFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Level;
import org.apache.pdfbox.Loader;

/// Writes a report into a folder: `report.html`, `report.pdf`, and each figure as `figures/NAME.svg`.
public final class ReportFiles {
    private static final String PAGE = "report.html";
    private static final String PDF = "report.pdf";
    private static final String FIGURES = "figures";
    private static final String DRAWING = ".svg";
    private static final String FONTS = "/liberation/Liberation";
    private static final List<String> FILES =
            List.of("Sans-Regular", "Sans-Bold", "Mono-Regular", "Mono-Bold");

    private ReportFiles() {}

    /// Whether there is a report in a folder.
    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(PAGE)) || Files.exists(folder.resolve(PDF));
    }

    /// Removes a report and its figures from a folder.
    public static void delete(Path folder) {
        Path figures = folder.resolve(FIGURES);
        try {
            Files.deleteIfExists(folder.resolve(PDF));
            Files.deleteIfExists(folder.resolve(PAGE));
            if (Files.isDirectory(figures)) {
                try (var drawings = Files.newDirectoryStream(figures, "*" + DRAWING)) {
                    for (Path drawing : drawings) {
                        Files.delete(drawing);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    folder + ": cannot be cleared: " + AtomicFile.reason(e) + ".", e);
        }
    }

    /// Writes all files, each whole or not at all.
    ///
    /// @return the number of pages of the PDF
    public static int write(Report report, Path folder) {
        try {
            Path figures = Files.createDirectories(folder.resolve(FIGURES));
            for (var figure : report.figures()) {
                AtomicFile.write(
                        figures.resolve(figure.name() + DRAWING),
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + figure.svg().text());
            }
            String html = Html.of(report);
            byte[] pdf = pdf(html);
            AtomicFile.write(folder.resolve(PDF), pdf);
            AtomicFile.write(folder.resolve(PAGE), html);
            try (var document = Loader.loadPDF(pdf)) {
                return document.getNumberOfPages();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    folder + ": the report cannot be written: " + AtomicFile.reason(e) + ".", e);
        }
    }

    private static byte[] pdf(String html) throws IOException {
        XRLog.listRegisteredLoggers().forEach(name -> XRLog.setLevel(name, Level.SEVERE));
        var bytes = new ByteArrayOutputStream();
        try (var drawer = new Drawer()) {
            var builder = new PdfRendererBuilder();
            for (String file : FILES) {
                builder.useFont(
                        () -> font(file), family(file), weight(file), FontStyle.NORMAL, true);
            }
            builder.useSVGDrawer(drawer);
            builder.withHtmlContent(html, null);
            builder.toStream(bytes);
            builder.run();
        }
        return bytes.toByteArray();
    }

    private static String family(String file) {
        return file.startsWith("Mono") ? "Liberation Mono" : "Liberation Sans";
    }

    private static int weight(String file) {
        return file.endsWith("Bold") ? 700 : 400;
    }

    private static InputStream font(String file) {
        String path = FONTS + file + ".ttf";
        return Objects.requireNonNull(ReportFiles.class.getResourceAsStream(path), path);
    }

    /// Draws figures with the fonts of the text, and with the pictures that are within them.
    private static final class Drawer extends BatikSVGDrawer {
        Drawer() {
            super(SvgScriptMode.SECURE, Set.of("data"));
        }

        @Override
        public void importFontFaceRules(List<FontFaceRule> rules, SharedContext shared) {
            super.importFontFaceRules(rules, shared);
            try {
                for (String file : FILES) {
                    addFontStream(() -> font(file), family(file), weight(file), FontStyle.NORMAL);
                }
            } catch (FontFormatException | IOException e) {
                throw new IllegalStateException("A font of the report cannot be read: " + e, e);
            }
        }
    }
}
