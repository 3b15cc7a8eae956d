package dev.gnomon.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known but comes with a later version.
final class Later {
    private static final Map<String, String> COMMANDS =
            Map.of(
                    "convert", "",
                    "verify", "",
                    "search", "",
                    "serve", "");

    private Later() {}

    /// The sentence about a command, or null where it is none of these.
    ///
    /// @param parent the command that it belongs to
    static @Nullable String sentence(String parent, String command) {
        String more = COMMANDS.get(command);
        boolean known = more != null && parent.equals("gnomon");
        return known
                ? parent + " " + command + " comes with a later version of Gnomon." + more
                : null;
    }

    /// The sentence about an option.
    static String option(String option) {
        return option + " comes with a later version of Gnomon; leave it out for now.";
    }
}
