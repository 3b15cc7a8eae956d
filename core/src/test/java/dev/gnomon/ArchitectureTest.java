package dev.gnomon;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The arrows between the packages: model → layer → graph → plan → kernel, and no cycles.
///
/// A new package needs a line in [#ARROWS].
class ArchitectureTest {
    private static final String ROOT = "dev.gnomon";

    /// The settings that layers and models are made of; among themselves the rule against cycles is
    /// all that orders them.
    private static final List<String> SETTINGS =
            List.of(
                    "activation",
                    "initializer",
                    "regularizer",
                    "constraint",
                    "schedule",
                    "optimizer",
                    "loss",
                    "metric",
                    "layer");

    /// Which packages each package may use, besides itself and `dev.gnomon`. Packages of settings
    /// build graphs; they know nothing of how a graph is run.
    private static final Map<String, List<String>> ARROWS =
            Map.ofEntries(
                    entry("check", List.of()),
                    entry("tensor", List.of("check")),
                    entry("random", List.of("check")),
                    entry("graph", List.of("check", "tensor", "random")),
                    entry("kernel", List.of("check", "tensor", "random", "graph")),
                    entry("plan", List.of("check", "tensor", "random", "graph", "kernel")),
                    entry("activation", settings()),
                    entry("initializer", settings()),
                    entry("regularizer", settings()),
                    entry("constraint", settings()),
                    entry("schedule", settings()),
                    entry("optimizer", settings()),
                    entry("loss", settings()),
                    entry("metric", settings()),
                    entry("layer", settings()),
                    entry("data", List.of("check", "tensor", "random")),
                    entry("train", settings("data", "plan", "kernel")),
                    entry("model", settings("data", "plan", "kernel", "train")),
                    entry("file", settings("data", "plan", "kernel", "train", "model")),
                    entry("lint", settings("data", "plan", "train", "model")),
                    entry("keras", settings("data", "plan", "train", "model", "file")));

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(ROOT);

    @ParameterizedTest(name = "{0}")
    @MethodSource("packages")
    void usesOnlyWhatItMay(String name, List<String> others) {
        var allowed =
                Stream.concat(Stream.of(name), others.stream())
                        .map(ArchitectureTest::withSubpackages)
                        .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(withSubpackages(name))
                .should()
                .onlyDependOnClassesThat(
                        resideOutsideOfPackage(ROOT + "..")
                                .or(resideInAPackage(ROOT))
                                .or(resideInAnyPackage(allowed)))
                .because(
                        "the arrows are model → layer → graph → plan → kernel (docs/architecture.md)")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void everyPackageIsListed() {
        var found = new TreeSet<String>();
        for (var type : CLASSES) {
            var name = type.getPackageName();
            if (!name.equals(ROOT)) {
                found.add(name.substring(ROOT.length() + 1).split("\\.")[0]);
            }
        }
        assertThat(ARROWS.keySet()).containsAll(found);
    }

    @Test
    void rootUsesNoOtherPackage() {
        noClasses()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .dependOnClassesThat(
                        resideInAPackage(ROOT + ".(*)..").as("a package below " + ROOT))
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void nativeLibrariesStayInTheKernels() {
        noClasses()
                .that(resideOutsideOfPackage(withSubpackages("kernel")))
                .should()
                .dependOnClassesThat(resideInAPackage("org.bytedeco.."))
                .check(CLASSES);
    }

    @Test
    void loggingIsTheJdks() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(
                                "java.util.logging..", "org.slf4j..", "ch.qos.logback.."))
                .check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        var lacking = new TreeSet<String>();
        for (var type : CLASSES) {
            if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                lacking.add(type.getPackageName());
            }
        }
        assertThat(lacking)
                .as("packages without a package-info.java that says @NullMarked")
                .isEmpty();
    }

    @Test
    void nobodyUsesKerasButThroughModelFormat() {
        noClasses()
                .that(resideOutsideOfPackage(withSubpackages("keras")))
                .should()
                .dependOnClassesThat(resideInAPackage(withSubpackages("keras")))
                .check(CLASSES);
    }

    static Stream<Arguments> packages() {
        return ARROWS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    private static List<String> settings(String... more) {
        return Stream.concat(
                        Stream.of("check", "tensor", "random", "graph"),
                        Stream.concat(SETTINGS.stream(), Stream.of(more)))
                .toList();
    }

    private static String withSubpackages(String name) {
        return ROOT + "." + name + "..";
    }
}
