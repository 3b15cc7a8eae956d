package dev.gnomon.study;

import dev.gnomon.check.FormatException;
import dev.gnomon.file.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a trial gave.
///
/// @param factors what was tried
/// @param figures numbers by their names
/// @param series rows of numbers by their names: by epoch, or by picture
public record TrialResult(
        SequencedMap<String, String> factors,
        SequencedMap<String, Double> figures,
        SequencedMap<String, List<Double>> series) {
    public String id() {
        return Trial.id(factors);
    }

    /// A factor, which must be there.
    public String factor(String name) {
        return there(factors.get(name), name);
    }

    /// A figure, which must be there.
    public double figure(String name) {
        return there(figures.get(name), name);
    }

    /// A row of numbers, which must be there.
    public List<Double> row(String name) {
        return there(series.get(name), name);
    }

    private <T> T there(@Nullable T value, String name) {
        if (value == null) {
            throw new FormatException(
                    "The result of the trial \"" + id() + "\" has no \"" + name + "\".");
        }
        return value;
    }

    ObjectNode json() {
        var node = Json.object();
        factors.forEach(node.putObject("factors")::put);
        var numbers = node.putObject("figures");
        figures.forEach(numbers::put);
        var rows = node.putObject("series");
        series.forEach((name, values) -> {
            var row = rows.putArray(name);
            values.forEach(row::add);
        });
        return node;
    }

    static TrialResult of(JsonNode node, String where) {
        var factors = new LinkedHashMap<String, String>();
        members(node, "factors", where)
                .properties()
                .forEach(member -> factors.put(member.getKey(), member.getValue().asString()));
        var figures = new LinkedHashMap<String, Double>();
        members(node, "figures", where)
                .properties()
                .forEach(member -> figures.put(member.getKey(), member.getValue().asDouble()));
        var series = new LinkedHashMap<String, List<Double>>();
        members(node, "series", where)
                .properties()
                .forEach(member -> {
                    List<Double> row = new ArrayList<>();
                    member.getValue().forEach(value -> row.add(value.asDouble()));
                    series.put(member.getKey(), row);
                });
        return new TrialResult(factors, figures, series);
    }

    private static ObjectNode members(JsonNode node, String name, String where) {
        if (node.path(name) instanceof ObjectNode object) {
            return object;
        }
        throw new FormatException(
                where + ": a result needs factors, figures and series, but has no " + name + ".");
    }
}
