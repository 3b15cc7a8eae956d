package dev.gnomon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.gnomon.keras.KerasTypes;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Which types of a kind there are, told by the classes themselves and by the table of Keras's classes.
final class Types {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.gnomon");

    private Types() {}

    /// The classes of a kind that can be made: neither interfaces nor abstract.
    static Set<String> concrete(Class<?> kind) {
        return concrete(kind.getName());
    }

    /// The same for a kind by its name; none where there is no such type.
    static Set<String> concrete(String kind) {
        return CLASSES.stream()
                .filter(type -> type.isAssignableTo(kind) && !type.isInterface())
                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
    }

    /// Fails where a type has no sample, or where the two ways to list the types disagree.
    ///
    /// @param samples the table in which samples are listed
    /// @param sampled the types that have one
    /// @param without types that have none, by their names, with the reason
    /// @param unnamed types that have a sample but no class of Keras's, with the reason
    static void check(
            Class<?> kind,
            Class<?> samples,
            Collection<? extends Class<?>> sampled,
            Map<String, String> without,
            Map<Class<?>, String> unnamed) {
        Set<String> owed = new HashSet<>(concrete(kind));
        owed.removeAll(without.keySet());
        sampled.forEach(type -> owed.remove(type.getName()));
        assertThat(owed)
                .as(
                        "%s without a sample: add a row for each to %s (settings, what is expected, refused values)",
                        kind.getSimpleName(), samples.getSimpleName())
                .isEmpty();
        assertThat(concrete(kind))
                .as("types that %s names as without a sample", samples.getSimpleName())
                .containsAll(without.keySet());
        Set<Class<?>> named = new HashSet<>(sampled);
        named.removeAll(unnamed.keySet());
        assertThat(KerasTypes.ofKind(kind))
                .as(
                        "rows of KerasTable against the samples of %s: a new %s needs both",
                        samples.getSimpleName(), kind.getSimpleName())
                .isEqualTo(named);
    }
}
