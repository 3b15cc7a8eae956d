package dev.gnomon.check;

/// The native kernel library is missing or refused a call.
public final class NativeException extends GnomonException {
    private static final long serialVersionUID = 1L;

    public NativeException(String message) {
        super(message);
    }

    public NativeException(String message, Throwable cause) {
        super(message, cause);
    }
}
