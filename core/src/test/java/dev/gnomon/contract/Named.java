package dev.gnomon.contract;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;

/// Groups of tests whose failures say what they are about: a report may show places in a list alone.
final class Named {
    private Named() {}

    static DynamicContainer tests(String subject, Stream<DynamicTest> tests) {
        return DynamicContainer.dynamicContainer(subject, tests.map(test -> named(subject, test)));
    }

    private static DynamicTest named(String subject, DynamicTest test) {
        return DynamicTest.dynamicTest(
                test.getDisplayName(),
                () -> {
                    try {
                        test.getExecutable().execute();
                    } catch (AssertionError | RuntimeException fault) {
                        String about = subject + " " + test.getDisplayName();
                        throw new AssertionError(about + ": " + fault.getMessage(), fault);
                    }
                });
    }
}
