package dev.gnomon.file;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The header of an object in an HDF5 file: a list of messages, gathered over all its blocks (versions 1 and 2).
final class H5Header {
    static final int DATASPACE = 0x01;
    static final int LINK_INFO = 0x02;
    static final int DATATYPE = 0x03;
    static final int FILL_VALUE = 0x05;
    static final int LINK = 0x06;
    static final int EXTERNAL_FILES = 0x07;
    static final int LAYOUT = 0x08;
    static final int FILTERS = 0x0B;
    static final int ATTRIBUTE = 0x0C;
    static final int CONTINUATION = 0x10;
    static final int SYMBOL_TABLE = 0x11;
    static final int ATTRIBUTE_INFO = 0x15;

    private static final int SHARED = 0x02;

    private record Message(int type, int flags, H5Cursor body) {}

    private final H5File file;
    private final List<Message> messages = new ArrayList<>();
    private final ArrayDeque<H5Cursor> blocks = new ArrayDeque<>();

    H5Header(H5File file, long address) {
        this.file = file;
        H5Cursor start = file.at(address);
        if (start.u8() == 1) {
            readVersion1(start);
        } else {
            readVersion2(file.at(address).signature("OHDR"));
        }
    }

    private void readVersion1(H5Cursor in) {
        in.skip(1);
        int count = in.u16();
        in.skip(4);
        long size = in.u32();
        blocks.add(in.skip(4).part(size));
        while (!blocks.isEmpty() && messages.size() < count) {
            H5Cursor block = blocks.remove();
            while (block.left() >= 8 && messages.size() < count) {
                int type = block.u16();
                int length = block.u16();
                int flags = block.u8();
                add(type, flags, block.skip(3).part(length), null);
            }
        }
    }

    private void readVersion2(H5Cursor in) {
        in.version("object header", 2, 2);
        int flags = in.u8();
        in.skip((flags & 0x20) != 0 ? 16 : 0).skip((flags & 0x10) != 0 ? 4 : 0);
        blocks.add(in.part(in.number(1 << (flags & 3))));
        int orderBytes = (flags & 0x04) != 0 ? 2 : 0;
        while (!blocks.isEmpty()) {
            H5Cursor block = blocks.remove();
            while (block.left() >= 4 + orderBytes) {
                int type = block.u8();
                int length = block.u16();
                int messageFlags = block.u8();
                add(type, messageFlags, block.skip(orderBytes).part(length), "OCHK");
            }
        }
    }

    private void add(int type, int flags, H5Cursor body, @Nullable String continuation) {
        file.step();
        messages.add(new Message(type, flags, body));
        if (type == CONTINUATION) {
            long address = body.address();
            long length = body.length();
            if (continuation == null) {
                blocks.add(file.at(address, length));
            } else {
                file.once(address, "header block");
                blocks.add(
                        file.at(address, length)
                                .signature(continuation)
                                .part(Math.max(0, length - 8)));
            }
        }
    }

    boolean has(int type) {
        return messages.stream().anyMatch(message -> message.type == type);
    }

    /// The bodies of all messages of a type.
    List<H5Cursor> all(int type) {
        List<H5Cursor> bodies = new ArrayList<>();
        for (Message message : messages) {
            if (message.type == type) {
                if ((message.flags & SHARED) != 0) {
                    throw file.fault(
                            "a type or attribute that is shared with other objects is not read");
                }
                bodies.add(message.body);
            }
        }
        return bodies;
    }

    /// The body of the first message of a type, or null.
    @Nullable H5Cursor first(int type) {
        List<H5Cursor> bodies = all(type);
        return bodies.isEmpty() ? null : bodies.getFirst();
    }

    /// The body of the message of a type that must be there.
    H5Cursor only(int type, String what) {
        H5Cursor body = first(type);
        if (body == null) {
            throw file.fault("the %s is missing; the file is damaged", what);
        }
        return body;
    }
}
