package dev.gnomon.check;

/// A fault that the user can mend: the message says where, what was expected, what was received and how to mend it.
public sealed class GnomonException extends RuntimeException
        permits ConfigException, ShapeException, DataException, FormatException, NativeException {
    private static final long serialVersionUID = 1L;

    GnomonException(String message) {
        super(message);
    }

    GnomonException(String message, Throwable cause) {
        super(message, cause);
    }
}
