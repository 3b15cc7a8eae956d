package dev.gnomon.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A web server on loopback that can be made to misbehave in many ways.
public final class BadServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    /// The first line and the range of each request.
    public final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    /// How a path is answered; `number` counts the requests for it from 0.
    @FunctionalInterface
    public interface Answer {
        /// Writes the answer.
        ///
        /// @param from the first byte asked for, or -1 where there is no range
        void write(OutputStream out, long from, int number) throws IOException;
    }

    public BadServer() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("bad-server").start(this::serve);
    }

    public String address() {
        return "http://127.0.0.1:" + socket.getLocalPort() + "/";
    }

    public BadServer on(String name, Answer answer) {
        answers.put("/" + name, answer);
        return this;
    }

    /// A server that does it right, with ranges.
    public static Answer right(byte[] content) {
        return (out, from, _) -> answer(out, content, from, content.length);
    }

    /// Breaks off after so many bytes of each answer.
    public static Answer breaks(byte[] content, int after) {
        return (out, from, _) -> answer(out, content, from, Math.max(0, from) + after);
    }

    /// Knows no ranges.
    public static Answer whole(byte[] content) {
        return (out, _, _) -> answer(out, content, -1, content.length);
    }

    /// Answers with a status and nothing else.
    public static Answer status(int status) {
        return (out, _, _) -> head(out, status, 0, "");
    }

    static void answer(OutputStream out, byte[] content, long from, long until) throws IOException {
        int first = (int) Math.max(0, from);
        String range =
                from < 0
                        ? ""
                        : "Content-Range: bytes %d-%d/%d\r\n"
                                .formatted(first, content.length - 1, content.length);
        if (first >= content.length) {
            head(out, 416, 0, "Content-Range: bytes */" + content.length + "\r\n");
            return;
        }
        head(out, from < 0 ? 200 : 206, content.length - first, range);
        out.write(content, first, (int) Math.min(content.length, until) - first);
    }

    static void head(OutputStream out, int status, long length, String more) throws IOException {
        String text =
                "HTTP/1.1 %d -\r\nContent-Length: %d\r\n%sConnection: close\r\n\r\n"
                        .formatted(status, length, more);
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                var connection = socket.accept();
                Thread.ofVirtual().start(() -> answer(connection));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void answer(Socket connection) {
        try (connection;
                var in =
                        new BufferedReader(
                                new InputStreamReader(
                                        connection.getInputStream(), StandardCharsets.US_ASCII))) {
            String first = String.valueOf(in.readLine());
            String[] words = first.split(" ");
            long from = -1;
            for (String line = in.readLine();
                    line != null && !line.isEmpty();
                    line = in.readLine()) {
                if (line.toLowerCase(java.util.Locale.ROOT).startsWith("range: bytes=")) {
                    from = Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
            String path = words.length > 1 ? words[1] : "";
            int number = (int) requests.stream().filter(r -> r.startsWith(path + " ")).count();
            requests.add(path + " " + from);
            answers.getOrDefault(path, status(404))
                    .write(connection.getOutputStream(), from, number);
            // Closed at once, a connection could take back what the client has not read yet.
            connection.shutdownOutput();
            connection.setSoTimeout(2000);
            while (in.read() >= 0) {}
        } catch (IOException _) {
            // The client has gone.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
