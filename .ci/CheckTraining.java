import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/// Checks what `gnomon train clock_reader --json` printed: its last line is one JSON object with the
/// error on the test pictures.
final class CheckTraining {
    public static void main(String[] args) throws Exception {
        var last = Files.readAllLines(Path.of(args[0])).getLast();
        var minutes = JsonMapper.shared().readTree(last).at("/test/common_sense_error_minutes");
        if (!minutes.isNumber() || minutes.asDouble() < 0 || minutes.asDouble() > 360) {
            System.err.println(
                    "The last line should be JSON with test.common_sense_error_minutes from 0 to 360, but is: "
                            + last);
            System.exit(1);
        }
        System.out.println("Common-sense error on the test pictures: " + minutes.asDouble() + " minutes");
    }
}
