package dev.gnomon.data.clock.any;

/// The printed dial: its ground, marks, numerals and what else is on it.
final class Face {
    private static final String[] ROMAN = {
        "I", "II", "III", "IIII", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"
    };
    private static final String LETTERS = "AEHLNORST QIV";
    private static final int NONE = 0;
    private static final int ROMANS = 2;
    private static final int QUARTERS = 3;

    private final Canvas canvas;
    private final Chance chance;
    private final Case body;
    private final boolean heldOut;
    private final int numerals;
    private final boolean onSquare;
    private final double outer;
    private final double inner;
    private final double radius;
    private final double height;
    private final double ground;
    private final double ink;

    /// @param ground tone of the dial
    /// @param ink tone of what is printed
    /// @param turned whether the 12 may be anywhere, so that something must tell it
    Face(
            Canvas canvas,
            Chance chance,
            Case body,
            double ground,
            double ink,
            boolean heldOut,
            boolean turned) {
        this.canvas = canvas;
        this.chance = chance;
        this.body = body;
        this.heldOut = heldOut;
        this.ground = ground;
        this.ink = ink;
        numerals =
                heldOut
                        ? chance.pick(1, 1, QUARTERS)
                        : chance.weighted(turned ? 0.25 : 2, 11, 3.5, 2.2);
        onSquare = body.isSquare() && chance.happens(0.5);
        outer = chance.between(0.88, 0.98);
        inner = outer - chance.ratio(0.03, 0.11);
        height = chance.between(0.12, numerals == QUARTERS || chance.happens(0.1) ? 0.36 : 0.27);
        double room = numerals == ROMANS ? 0.6 : 0.72;
        radius =
                numerals == NONE
                        ? (outer + inner) / 2
                        : inner - room * height - chance.between(0, 0.06);
    }

    /// How far from the centre the 12, 3, 6 and 9 are.
    double radius() {
        return radius;
    }

    void paint() {
        ground();
        rings();
        if (chance.happens(0.2)) {
            ornament();
        }
        boolean window = chance.happens(0.1);
        boolean above = height < 0.2 || numerals == NONE;
        boolean seconds = !above && chance.happens(0.08);
        marks();
        numerals(window, seconds);
        if (chance.happens(0.06) && numerals != NONE && radius > 0.6) {
            innerRing();
        }
        if (above && chance.happens(0.16)) {
            subdials();
        } else if (seconds) {
            subdial(0, -chance.between(0.4, 0.55), chance.between(0.2, 0.32), ground);
        } else if (chance.happens(0.05)) {
            windingHoles();
        }
        if (chance.happens(0.5)) {
            writing();
        }
    }

    /// Small numerals within the large ones, of the hours from 13 to 24 or from 1 to 12.
    private void innerRing() {
        int from = chance.happens(0.5) ? 12 : 0;
        var small = Figures.of(chance, heldOut);
        var path = new Path();
        for (int number = 1; number <= 12; number++) {
            double angle = Math.toRadians(30 * number);
            double at = radius - 0.75 * height - 0.06;
            path.add(
                    small.text("" + (number + from), 0.09)
                            .moved(at * StrictMath.sin(angle), at * StrictMath.cos(angle)));
        }
        canvas.fill(path, ink, 0.8);
    }

    private void ground() {
        double dx = chance.normal() * 0.06;
        double dy = chance.normal() * 0.06;
        double middle = chance.happens(0.3) ? chance.between(-0.25, 0.25) : 0;
        double rough = chance.happens(0.2) ? chance.between(0.03, 0.2) : 0;
        double fine = chance.ratio(3, 15);
        int key = chance.below(1 << 20);
        double rim = chance.happens(0.5) ? chance.between(0, 0.5) : 0;
        double rimX = chance.between(-0.06, 0.06);
        double rimY = chance.between(-0.1, 0.02);
        canvas.fill(
                body.outline(1),
                0,
                (x, y) -> {
                    double far = x * x + y * y;
                    double tone = ground + dx * x + dy * y + middle * ground * (0.4 - far);
                    if (rough > 0) {
                        tone += rough * (Chance.noise(key, fine * x, fine * y) - 0.5);
                    }
                    double ex = x - rimX;
                    double ey = y - rimY;
                    double shade = Math.clamp((ex * ex + ey * ey - 0.85) * 5, 0, 1);
                    return body.isSquare() ? tone : tone * (1 - rim * shade);
                },
                1);
    }

    private void rings() {
        if (chance.happens(0.25)) {
            double at = chance.happens(0.5) ? radius - 0.75 * height : chance.between(0.2, 0.75);
            if (chance.happens(0.5)) {
                double tone = Math.clamp(ground + chance.between(-0.2, 0.2), 0, 1);
                canvas.fill(new Path().disc(0, 0, Math.max(at, 0.15)), tone, 1);
            } else {
                canvas.fill(
                        new Path().ring(0, 0, Math.max(at, 0.15), chance.ratio(0.004, 0.015)),
                        ink,
                        chance.between(0.4, 1));
            }
        }
        if (!body.isSquare() && chance.happens(0.25)) {
            var track = new Path().ring(0, 0, inner, 0.006);
            if (chance.happens(0.5)) {
                track.ring(0, 0, Math.min(outer, 0.98), 0.006);
            }
            canvas.fill(track, ink, 1);
        }
    }

    /// An engraving, a picture or a sign in the middle of the dial.
    private void ornament() {
        double room = Math.max(radius - 0.6 * height, 0.3);
        double reach = chance.happens(0.3) ? room : chance.between(0.2, 0.6);
        double other = Math.clamp(ground + chance.between(-0.6, 0.6), 0, 1);
        switch (chance.weighted(1, 1, 1.5)) {
            case 0 -> {
                int key = chance.below(1 << 20);
                double fine = chance.ratio(5, 25);
                canvas.fill(
                        new Path().disc(0, 0, reach),
                        0,
                        (x, y) -> ground + (other - ground) * Chance.noise(key, fine * x, fine * y),
                        1);
            }
            case 1 -> {
                int count = 2 + chance.below(9);
                for (int i = 0; i < count; i++) {
                    double x = chance.between(-reach, reach);
                    double y = chance.between(-reach, reach);
                    double size = chance.ratio(0.02, 0.2);
                    var path = new Path();
                    if (chance.happens(0.5)) {
                        path.disc(x, y, size);
                    } else {
                        path.stroke(
                                x,
                                y,
                                chance.between(-reach, reach),
                                chance.between(-reach, reach),
                                0.3 * size,
                                0.15 * size);
                    }
                    canvas.fill(path, chance.happens(0.7) ? other : ink, chance.between(0.4, 1));
                }
            }
            default -> {
                double high = chance.between(0.1, 0.24);
                double at = chance.happens(0.5) ? 0 : chance.sign() * chance.between(0.15, 0.35);
                var sign = new Path();
                if (chance.happens(0.5)) {
                    sign.disc(0, at, reach);
                } else {
                    sign.rectangle(0, at, reach, 0.8 * high);
                }
                canvas.fill(sign, other, 1);
                var letters =
                        Figures.of(chance, false).text(word(chance, 3 + chance.below(4)), high);
                canvas.fill(letters.moved(0, at), ink, chance.between(0.5, 1));
            }
        }
    }

    private double factor(double sin, double cos) {
        return onSquare ? 1 / Math.max(Math.abs(sin), Math.abs(cos)) : 1;
    }

    private void marks() {
        int minutes = chance.weighted(3, 4, 1.5);
        int hours = numerals == NONE ? 1 + chance.weighted(5, 2, 2) : chance.weighted(2, 5, 1.5, 1);
        double thin = chance.ratio(0.004, 0.011);
        double thick = thin * chance.between(1.2, numerals == NONE ? 6 : 4);
        double length = inner - (numerals == NONE ? chance.between(0, 0.2) : 0);
        double strong = numerals == NONE ? 1.6 : chance.happens(0.2) ? 1.5 : 1;
        var path = new Path();
        for (int minute = 0; minute < 60; minute++) {
            double angle = Math.toRadians(6 * minute);
            double sin = StrictMath.sin(angle);
            double cos = StrictMath.cos(angle);
            double factor = factor(sin, cos);
            boolean hour = minute % 5 == 0;
            int kind = hour && hours > 0 ? hours : minutes;
            double half = hour ? thick * (minute % 15 == 0 ? strong : 1) : thin;
            var mark = new Path();
            double low = (hour ? length : inner + 0.35 * (outer - inner)) * factor;
            double high = outer * factor;
            switch (kind) {
                case 1 -> mark.stroke(0, low, 0, high, half, half);
                case 2 -> mark.disc(0, (low + high) / 2, 1.4 * half);
                case 3 -> mark.mirrored(0.3 * half, low, 2 * half, high);
                default -> {
                    // None.
                }
            }
            path.add(mark.placed(sin, cos, 0, 0));
        }
        canvas.fill(path, ink, 1);
        twelve(thick, length);
    }

    /// A triangle or double bar that tells the 12 where numerals do not.
    private void twelve(double thick, double length) {
        if (numerals != NONE) {
            return;
        }
        var path = new Path();
        double half = Math.max(thick, 0.02);
        if (chance.happens(0.5)) {
            path.mirrored(0, length - 0.12, 3 * half, outer);
        } else {
            path.rectangle(-1.8 * half, (length + outer) / 2, half, (outer - length) / 2 + 0.06);
            path.rectangle(1.8 * half, (length + outer) / 2, half, (outer - length) / 2 + 0.06);
        }
        canvas.fill(path, ink, 1);
    }

    /// @param window whether the day of the month is shown in place of the 3
    /// @param seconds whether a small dial takes the place of the 6
    private void numerals(boolean window, boolean seconds) {
        var figures = Figures.of(chance, heldOut);
        boolean radial = chance.happens(numerals == ROMANS ? 0.75 : 0.12);
        boolean flipped = radial && chance.happens(0.3);
        double alpha = chance.happens(0.1) ? chance.between(0.5, 1) : 1;
        double limit = numerals == ROMANS ? 0.55 * radius / height : 99;
        boolean plates = chance.happens(0.06);
        var path = new Path();
        var plate = new Path();
        for (int number = 1; number <= 12; number++) {
            boolean written = numerals == QUARTERS ? number % 3 == 0 : numerals != NONE;
            if (!written || (window && number == 3) || (seconds && number == 6)) {
                continue;
            }
            var text = numerals == ROMANS ? ROMAN[number - 1] : "" + number;
            double angle = Math.toRadians(30 * number);
            double sin = StrictMath.sin(angle);
            double cos = StrictMath.cos(angle);
            double squeeze = Math.min(1, limit / figures.length(text));
            var shape = figures.text(text, height * squeeze);
            if (radial) {
                boolean over = flipped && number > 3 && number < 9;
                shape = shape.placed(over ? -sin : sin, over ? -cos : cos, 0, 0);
            }
            double at = radius * factor(sin, cos);
            path.add(shape.moved(at * sin, at * cos));
            plate.disc(at * sin, at * cos, Math.min(0.75 * height, 0.24 * radius));
        }
        if (plates) {
            plates(plate);
        }
        canvas.fill(path, ink, alpha);
        if (window) {
            window(figures);
        }
    }

    /// What each numeral is written on.
    private void plates(Path path) {
        double away = ink < ground ? 1 : 0;
        canvas.fill(path, ground + (away - ground) * chance.unit(), 1);
    }

    /// The day of the month where the 3 would be.
    private void window(Figures figures) {
        double half = 0.13;
        boolean light = chance.happens(0.7);
        canvas.fill(new Path().rectangle(radius, 0, half + 0.015, 0.09), ink, 0.8);
        canvas.fill(new Path().rectangle(radius, 0, half, 0.075), light ? 0.95 : 0.08, 1);
        canvas.fill(
                figures.text("" + (1 + chance.below(31)), 0.11).moved(radius, 0),
                light ? 0.08 : 0.95,
                1);
    }

    private void subdials() {
        double size = chance.between(0.13, 0.23);
        double tone = Math.clamp(ground + chance.between(-0.25, 0.25), 0, 1);
        double away = chance.between(0.3, 0.42);
        int which = chance.happens(0.5) ? 1 : 1 + chance.below(7);
        for (int i = 0; i < 3; i++) {
            if ((which >> i & 1) == 0) {
                continue;
            }
            double x = i == 0 ? 0 : i == 1 ? away : -away;
            double y = i == 0 ? -away : 0;
            subdial(x, y, size, tone);
        }
    }

    private void subdial(double x, double y, double size, double tone) {
        canvas.fill(new Path().disc(x, y, size), tone, 1);
        var path = new Path().ring(x, y, size, 0.008);
        var hand = new Path().rectangle(0, 0.35 * size, 0.008, 0.5 * size);
        path.add(hand.turned(chance.between(0, 360)).moved(x, y));
        for (int mark = 0; mark < 12; mark++) {
            var tick = new Path().rectangle(0, 0.82 * size, 0.006, 0.1 * size);
            path.add(tick.turned(30 * mark).moved(x, y));
        }
        canvas.fill(path, ink, 0.7);
    }

    /// Where a key winds the clock.
    private void windingHoles() {
        double x = chance.between(0.2, 0.45);
        double y = chance.between(-0.4, 0.1);
        double size = chance.between(0.03, 0.07);
        var holes = new Path();
        switch (chance.weighted(1, 4, 1.5)) {
            case 0 -> holes.disc(0, -x, size);
            case 1 -> holes.disc(-x, y, size).disc(x, y, size);
            default -> holes.disc(-x, y, size).disc(x, y, size).disc(0, -x, size);
        }
        canvas.fill(holes, chance.happens(0.8) ? chance.between(0, 0.15) : ink, 1);
    }

    /// A name above the centre, and sometimes a line below.
    private void writing() {
        double room = radius - 0.6 * height;
        double high = chance.between(0.05, 0.09);
        double at = room * chance.between(0.5, 0.75);
        var figures = Figures.of(chance, false);
        var path = figures.text(word(chance, 3 + chance.below(5)), high).moved(0, at);
        if (chance.happens(0.4)) {
            path.add(figures.text(word(chance, 4 + chance.below(4)), 0.7 * high).moved(0, -at));
        }
        canvas.fill(path, ink, chance.between(0.4, 1));
    }

    static String word(Chance chance, int letters) {
        var text = new StringBuilder();
        for (int i = 0; i < letters; i++) {
            text.append(LETTERS.charAt(chance.below(LETTERS.length())));
        }
        return text.toString();
    }
}
