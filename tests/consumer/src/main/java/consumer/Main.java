package consumer;

import dev.gnomon.Gnomon;

/// Uses the installed library as a program outside the repository does.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.out.println("Gnomon " + Gnomon.version());
    }
}
