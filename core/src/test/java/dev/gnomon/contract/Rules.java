package dev.gnomon.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gnomon.check.ConfigException;
import dev.gnomon.layer.Edges;
import dev.gnomon.layer.Size;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

/// Settings that are allowed, and the values of their components that are refused. A component of numbers either has
/// refused values or is said to be free.
final class Rules {
    /// Types of components that may have a range. A seed (`Long`) is never out of range.
    private static final Set<String> RANGED =
            Set.of(
                    "int",
                    "double",
                    "float",
                    "java.lang.Integer",
                    "java.lang.Double",
                    Size.class.getName(),
                    Edges.class.getName(),
                    "java.util.List<java.lang.Integer>",
                    "java.util.List<java.lang.Double>");

    private record Refused(String component, Object value, String sentence) {}

    private final Record settings;
    private final List<Refused> refused = new ArrayList<>();
    private final Set<String> free = new TreeSet<>();

    Rules(Record settings) {
        this.settings = settings;
    }

    /// A value of a component that is answered with a sentence.
    Rules refuses(String component, Object value, String sentence) {
        refused.add(new Refused(component, value, sentence));
        return this;
    }

    /// Components of which every value of the type is allowed, infinity and NaN excepted.
    Rules free(String... components) {
        free.addAll(List.of(components));
        return this;
    }

    Record settings() {
        return settings;
    }

    /// The tests of these rules.
    Stream<DynamicTest> tests() {
        return Stream.of(
                DynamicTest.dynamicTest("refuses bad settings in words", this::refusesInWords),
                DynamicTest.dynamicTest("every number has a rule", this::everyNumberHasARule),
                DynamicTest.dynamicTest("refuses NaN and infinity", this::refusesWhatIsNoNumber));
    }

    private void refusesInWords() {
        for (Refused each : refused) {
            assertThatThrownBy(() -> with(each.component, each.value))
                    .as("%s = %s", each.component, each.value)
                    .isInstanceOf(ConfigException.class)
                    .hasMessage(each.sentence);
        }
    }

    private void everyNumberHasARule() {
        Set<String> ranged = new TreeSet<>();
        for (RecordComponent component : components()) {
            if (RANGED.contains(component.getGenericType().getTypeName())) {
                ranged.add(component.getName());
            }
        }
        Set<String> ruled = new TreeSet<>(free);
        refused.forEach(each -> ruled.add(each.component));
        ruled.removeIf(name -> !ranged.contains(name) && !free.contains(name)); // texts and files
        assertThat(ruled)
                .as(
                        "components of %s with a refused value or said to be free",
                        settings.getClass().getSimpleName())
                .isEqualTo(ranged);
    }

    /// A file could not hold such a number, and nothing good comes of it.
    private void refusesWhatIsNoNumber() {
        for (RecordComponent component : components()) {
            Class<?> type = component.getType();
            if (type != double.class && type != Double.class) {
                continue;
            }
            for (double bad :
                    new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                assertThatThrownBy(() -> with(component.getName(), bad))
                        .as("%s = %s", component.getName(), bad)
                        .isInstanceOf(ConfigException.class)
                        .hasMessageContaining(component.getName())
                        .hasMessageContaining(String.valueOf(bad));
            }
        }
    }

    private RecordComponent[] components() {
        return settings.getClass().getRecordComponents();
    }

    /// The settings with another value in one component.
    private Record with(String name, @Nullable Object value) throws Throwable {
        RecordComponent[] components = components();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = new Object[components.length];
        boolean found = false;
        for (int i = 0; i < components.length; i++) {
            boolean here = components[i].getName().equals(name);
            found |= here;
            values[i] = here ? value : components[i].getAccessor().invoke(settings);
        }
        assertThat(found).as("%s has a component %s", settings, name).isTrue();
        Constructor<?> constructor = settings.getClass().getDeclaredConstructor(types);
        try {
            return (Record) constructor.newInstance(values);
        } catch (InvocationTargetException fault) {
            throw fault.getCause() == null ? fault : fault.getCause();
        }
    }
}
