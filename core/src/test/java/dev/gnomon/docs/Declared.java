package dev.gnomon.docs;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

/// A public type as its source declares it: read by the JDK's own parser, not compiled.
final class Declared {
    private final DocTrees docs;
    private final TreePath path;
    private final ClassTree tree;
    private final String source;

    private Declared(DocTrees docs, TreePath path, ClassTree tree) throws IOException {
        this.docs = docs;
        this.path = path;
        this.tree = tree;
        this.source = path.getCompilationUnit().getSourceFile().getCharContent(true).toString();
    }

    /// The public types of a folder by name.
    static Map<String, Declared> in(List<Path> files) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var manager = compiler.getStandardFileManager(null, null, null);
        var task =
                (JavacTask)
                        compiler.getTask(
                                null,
                                manager,
                                null,
                                null,
                                null,
                                manager.getJavaFileObjectsFromPaths(files));
        var found = new TreeMap<String, Declared>();
        for (CompilationUnitTree unit : task.parse()) {
            for (Tree each : unit.getTypeDecls()) {
                if (each instanceof ClassTree type && isPublic(type)) {
                    var path = new TreePath(new TreePath(unit), type);
                    found.put(
                            type.getSimpleName().toString(),
                            new Declared(DocTrees.instance(task), path, type));
                }
            }
        }
        return found;
    }

    private static boolean isPublic(ClassTree type) {
        return type.getModifiers().getFlags().contains(Modifier.PUBLIC);
    }

    String name() {
        return tree.getSimpleName().toString();
    }

    /// Whether it says itself that it implements one of these.
    boolean isOneOf(List<String> kinds) {
        return tree.getKind() == Kind.RECORD
                && tree.getImplementsClause().stream()
                        .map(each -> each.toString().replaceAll("<.*", ""))
                        .anyMatch(kinds::contains);
    }

    /// The interfaces that bring methods of their own, such as KernelLayer.
    List<String> helpers() {
        return tree.getImplementsClause().stream()
                .map(Object::toString)
                .filter(each -> each.contains("<" + name() + ">"))
                .map(each -> each.replaceAll("<.*", ""))
                .toList();
    }

    Doc doc() {
        return doc(path);
    }

    private Doc doc(Tree member) {
        return doc(new TreePath(path, member));
    }

    private Doc doc(TreePath place) {
        String text = docs.getDocComment(place);
        return Doc.of(text == null ? "" : text);
    }

    // ---- settings and constructors

    /// A setting of a record.
    record Setting(String name, String type, String initial) {}

    /// The components of a record, each with what the shortest public constructor gives it; else nothing.
    List<Setting> settings() {
        List<VariableTree> components =
                tree.getKind() == Kind.RECORD ? fields(false) : List.<VariableTree>of();
        List<String> given = new ArrayList<>();
        MethodTree shortest =
                constructors().stream()
                        .filter(each -> isVisible(each))
                        .min(Comparator.comparingInt(each -> each.getParameters().size()))
                        .orElse(null);
        if (shortest != null) {
            List<String> names =
                    shortest.getParameters().stream().map(each -> each.getName() + "").toList();
            given = follow(shortest, names, components.size(), 4);
        }
        var all = new ArrayList<Setting>();
        for (int i = 0; i < components.size(); i++) {
            String name = components.get(i).getName().toString();
            String initial = i < given.size() && !given.get(i).equals(name) ? given.get(i) : "";
            all.add(new Setting(name, type(components.get(i)), initial));
        }
        return all;
    }

    /// What a constructor gives to each component, through the calls of other constructors.
    private List<String> follow(
            MethodTree from, List<String> arguments, int components, int calls) {
        if (!(from.getBody().getStatements().getFirst() instanceof ExpressionStatementTree call
                && call.getExpression() instanceof MethodInvocationTree other)) {
            return List.of();
        }
        var given = new ArrayList<String>();
        for (var argument : other.getArguments()) {
            String text = source(argument);
            for (int i = 0; i < arguments.size(); i++) {
                String name = from.getParameters().get(i).getName().toString();
                text = text.replaceAll("\\b" + name + "\\b", arguments.get(i));
            }
            given.add(text);
        }
        return constructors().stream()
                .filter(each -> each.getParameters().size() == given.size() && fits(each, given))
                .filter(each -> calls > 0)
                .max(Comparator.comparingInt(each -> namesakes(each, given)))
                .map(each -> follow(each, given, components, calls - 1))
                .orElse(given.size() == components ? given : List.of());
    }

    private String source(Tree part) {
        var positions = docs.getSourcePositions();
        CompilationUnitTree unit = path.getCompilationUnit();
        int start = (int) positions.getStartPosition(unit, part);
        return source.substring(start, (int) positions.getEndPosition(unit, part))
                .replaceAll("\\s+", " ");
    }

    /// `LearningRate.of(0.1)` is for a parameter of the type LearningRate.
    private static int namesakes(MethodTree constructor, List<String> given) {
        int count = 0;
        for (int i = 0; i < given.size(); i++) {
            count += given.get(i).startsWith(type(constructor.getParameters().get(i))) ? 1 : 0;
        }
        return count;
    }

    /// Numbers are for parameters of primitive types.
    private static boolean fits(MethodTree constructor, List<String> given) {
        for (int i = 0; i < given.size(); i++) {
            String type = type(constructor.getParameters().get(i));
            boolean number = given.get(i).matches("-?[0-9.].*|[a-z]\\w*");
            boolean primitive = Character.isLowerCase(type.charAt(0));
            if (number != primitive && !given.get(i).startsWith(type)) {
                return false;
            }
        }
        return true;
    }

    /// The constructors that are written out, without the compact one.
    private List<MethodTree> constructors() {
        return tree.getMembers().stream()
                .filter(each -> each instanceof MethodTree method && isConstructor(method))
                .map(each -> (MethodTree) each)
                .toList();
    }

    private boolean isConstructor(MethodTree method) {
        if (!method.getName().contentEquals("<init>")) {
            return false;
        }
        String head = source(method).replaceAll("\\{.*", "");
        return head.contains("(");
    }

    /// How it is made: `new Dense(int units)`; the long constructor of a record only where there is no other.
    List<String> calls() {
        var calls = new ArrayList<String>();
        for (MethodTree each : constructors()) {
            if (isVisible(each)) {
                calls.add("new " + name() + parameters(each));
            }
        }
        if (calls.isEmpty() && tree.getKind() == Kind.RECORD) {
            var all = fields(false).stream().map(each -> type(each) + " " + each.getName());
            calls.add("new " + name() + "(" + String.join(", ", all.toList()) + ")");
        }
        return calls;
    }

    // ---- methods and constants

    private boolean isVisible(MethodTree method) {
        var flags = method.getModifiers().getFlags();
        return flags.contains(Modifier.PUBLIC)
                || (tree.getKind() == Kind.INTERFACE && !flags.contains(Modifier.PRIVATE));
    }

    /// The public methods with their docs, in their order, without those that only implement others.
    Map<String, Doc> methods() {
        var all = new LinkedHashMap<String, Doc>();
        for (Tree each : tree.getMembers()) {
            if (each instanceof MethodTree method
                    && method.getReturnType() != null
                    && isVisible(method)
                    && !isOverride(method)) {
                boolean fixed = method.getModifiers().getFlags().contains(Modifier.STATIC);
                all.put(
                        (fixed ? name() + "." : "") + method.getName() + parameters(method),
                        doc(method));
            }
        }
        return all;
    }

    private static boolean isOverride(MethodTree method) {
        return method.getModifiers().getAnnotations().stream()
                .anyMatch(each -> each.getAnnotationType().toString().equals("Override"));
    }

    /// The constants of an enum or an interface, with their docs.
    Map<String, Doc> constants() {
        var all = new LinkedHashMap<String, Doc>();
        if (tree.getKind() == Kind.ENUM || tree.getKind() == Kind.INTERFACE) {
            for (VariableTree each : fields(tree.getKind() == Kind.ENUM)) {
                all.put(each.getName().toString(), doc(each));
            }
        }
        return all;
    }

    private List<VariableTree> fields(boolean fixed) {
        return tree.getMembers().stream()
                .filter(each -> each instanceof VariableTree)
                .map(each -> (VariableTree) each)
                .filter(each ->
                        fixed == each.getModifiers().getFlags().contains(Modifier.STATIC)
                                && !(fixed
                                        && each.getModifiers()
                                                .getFlags()
                                                .contains(Modifier.PRIVATE)))
                .toList();
    }

    private static String parameters(MethodTree method) {
        var all = method.getParameters().stream().map(each -> type(each) + " " + each.getName());
        return "(" + String.join(", ", all.toList()) + ")";
    }

    private static String type(VariableTree variable) {
        String type = String.valueOf(variable.getType()).replaceAll("@Nullable\\s*", "").strip();
        boolean many = variable.toString().contains("...");
        return many ? type.replace("[]", "...") : type.replaceAll(",(?=\\S)", ", ");
    }
}
