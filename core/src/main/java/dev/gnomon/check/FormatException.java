package dev.gnomon.check;

/// A model file that cannot be read or written.
public final class FormatException extends GnomonException {
    private static final long serialVersionUID = 1L;

    public FormatException(String message) {
        super(message);
    }

    public FormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
