package dev.gnomon.cli;

import static dev.gnomon.cli.CommandFixture.here;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import dev.gnomon.data.ClockDataset;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Fetching, and data of other kinds than arrays.
@Timeout(100)
class DataCommandsTest {
    @TempDir private Path folder;

    /// Serves the files of a folder.
    private static HttpServer server(Path files) throws IOException {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    Path file = files.resolve(exchange.getRequestURI().getPath().substring(1));
                    try (exchange) {
                        if (!Files.isRegularFile(file)) {
                            exchange.sendResponseHeaders(404, -1);
                            return;
                        }
                        exchange.sendResponseHeaders(200, Files.size(file));
                        Files.copy(file, exchange.getResponseBody());
                    }
                });
        server.start();
        return server;
    }

    private static String address(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    @Test
    void whatCannotBeFetchedIsAFailure() throws IOException {
        var server = server(folder);
        var result =
                here(
                        "data",
                        "fetch",
                        "mnist",
                        "--data-dir",
                        folder + "/d",
                        "--source",
                        address(server));
        server.stop(0);
        assertThat(result.err().strip())
                .isEqualTo(
                        "train-images-idx3-ubyte.gz could not be fetched. "
                                + address(server)
                                + "train-images-idx3-ubyte.gz: answers with status 404. Try again later, name another server with"
                                + " --source, or put the files into "
                                + folder.resolve("d/mnist")
                                + " by hand.");
        assertThat(result.code()).isEqualTo(1);
    }

    @Test
    void aSetIsFetchedAndChecked() throws IOException {
        String data = System.getenv("GNOMON_DATA");
        assumeThat(data)
                .as("set GNOMON_DATA to a folder with the data sets to run this test")
                .isNotBlank();
        var server = server(Path.of(data).resolve("mnist"));
        String[] command = {
            "data",
            "fetch",
            "mnist",
            "--data-dir",
            folder.toString(),
            "--source",
            address(server),
            "--json"
        };
        var first = here(command).succeeds();
        assertThat(first.json().path("fetched").asBoolean(false)).isTrue();
        assertThat(first.json().path("files")).hasSize(4);
        assertThat(first.out()).contains("MNIST is there after ", "train-images-idx3-ubyte.gz: ");
        var second = here(command).succeeds();
        server.stop(0);
        assertThat(second.json().path("fetched").asBoolean(true)).isFalse();
        here("data", "verify", "mnist", "--data-dir", folder.toString()).succeeds();
        assertThat(folder.resolve("mnist").toFile().list()).hasSize(4);
    }

    @Test
    void clocksAreReplacedOnlyWhenTold() {
        Path out = folder.resolve("clocks");
        String[] command = {
            "data", "render-clocks", "--count", "3", "--size", "16", "--out", out.toString()
        };
        here(command).succeeds();
        assertThat(here(command).code()).isEqualTo(2);
        String[] again = Arrays.copyOf(command, command.length + 1);
        again[command.length] = "--overwrite";
        again[3] = "5";
        here(again).succeeds();
        assertThat(ClockDataset.read(out).size()).isEqualTo(5);
        assertThat(out.toFile().list())
                .containsExactlyInAnyOrder("images.npy", "points.npy", "labels.npy");
    }

    @Test
    void aFolderOfPicturesIsTrainedOn() throws IOException {
        for (String part : new String[] {"train", "test"}) {
            for (int i = 0; i < 20; i++) {
                var image = new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB);
                image.setRGB(i % 9, 3, i % 2 == 0 ? 0xFFFFFF : 0x3F3F3F);
                Path file =
                        folder.resolve("p/%s/%s/%d.png".formatted(part, i % 2 == 0 ? "x" : "y", i));
                Files.createDirectories(file.getParent());
                ImageIO.write(image, "png", file.toFile());
            }
        }
        var result =
                here(
                                "train",
                                "mlp",
                                "--data",
                                folder + "/p",
                                "--epochs",
                                "1",
                                "--json",
                                "--out",
                                folder + "/o.keras")
                        .succeeds();
        assertThat(result.json().path("test").path("accuracy").isNumber()).isTrue();
    }

    @Test
    void aTableIsTrainedOn() throws IOException {
        var text = new StringBuilder();
        for (int column = 0; column < 784; column++) {
            text.append("pixel").append(column).append(',');
        }
        text.append("digit\n");
        for (int row = 0; row < 20; row++) {
            text.repeat(row + ",", 784).append(row % 10).append('\n');
        }
        Files.writeString(folder.resolve("d.csv"), text);
        here(
                        "train",
                        "mlp",
                        "--data",
                        folder + "/d.csv",
                        "--epochs",
                        "1",
                        "--out",
                        folder + "/o.keras")
                .succeeds();
    }
}
