package dev.gnomon.check;

/// A setting of a layer, loss, optimizer or call that cannot be used.
public final class ConfigException extends GnomonException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }

    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
