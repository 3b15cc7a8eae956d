package dev.gnomon.keras;

import dev.gnomon.check.FormatException;
import java.util.ArrayList;
import java.util.List;

/// Everything in a file that is not understood, told at once.
final class Faults {
    private final List<String> list = new ArrayList<>();

    void add(String sentence) {
        if (!list.contains(sentence)) {
            list.add(sentence);
        }
    }

    boolean isEmpty() {
        return list.isEmpty();
    }

    /// Throws what was collected, if anything was.
    void throwFor(String file) {
        if (list.size() == 1) {
            throw new FormatException(file + ": " + list.getFirst());
        }
        if (!list.isEmpty()) {
            var text = new StringBuilder(file + ": " + list.size() + " things are not understood:");
            for (int i = 0; i < list.size(); i++) {
                text.append("\n  ").append(i + 1).append(". ").append(list.get(i));
            }
            throw new FormatException(text.toString());
        }
    }
}
