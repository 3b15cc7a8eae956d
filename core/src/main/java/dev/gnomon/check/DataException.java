package dev.gnomon.check;

/// Data that cannot be used: a missing or broken file, labels out of range, wrong sizes.
public final class DataException extends GnomonException {
    private static final long serialVersionUID = 1L;

    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
