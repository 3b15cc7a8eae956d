package dev.gnomon.clock;

import dev.gnomon.check.ConfigException;
import dev.gnomon.check.Names;
import java.util.ArrayList;
import java.util.List;

/// The forms that the time is told in.
public final class TimeCodecs {
    /// The numbers of classes: half hours, quarters, ten, five, three minutes, and minutes.
    private static final List<Integer> CLASSES = List.of(24, 48, 72, 144, 240, 720);

    /// The deviation over neighbouring minutes.
    private static final double SPREAD = 2;

    private static final List<TimeCodec> ALL = made();

    private TimeCodecs() {}

    private static List<TimeCodec> made() {
        List<TimeCodec> all = new ArrayList<>();
        CLASSES.forEach(classes -> all.add(new ClassCodec(classes)));
        all.add(new ClassCodec(720, SPREAD));
        all.addAll(List.of(NumberCodec.HOURS, NumberCodec.MINUTES, NumberCodec.CIRCULAR_HOURS));
        for (var minute : HeadsCodec.Minute.values()) {
            all.add(new HeadsCodec(minute));
        }
        all.addAll(List.of(AngleCodec.DIAL, AngleCodec.HANDS, AngleCodec.HANDS_TANH));
        return List.copyOf(all);
    }

    /// All forms, the simplest first.
    public static List<TimeCodec> all() {
        return ALL;
    }

    /// The form of that name.
    public static TimeCodec byName(String name) {
        List<String> names = ALL.stream().map(TimeCodec::name).toList();
        return ALL.stream()
                .filter(codec -> codec.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new ConfigException(
                                "There is no form \""
                                        + name
                                        + "\" to tell the time in; there are "
                                        + String.join(", ", names)
                                        + "."
                                        + Names.didYouMean(name, names)));
    }
}
