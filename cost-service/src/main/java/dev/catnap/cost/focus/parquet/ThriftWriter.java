package dev.catnap.cost.focus.parquet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.function.BiConsumer;

/** As much of Thrift's compact protocol as Parquet's headers need. */
final class ThriftWriter {
  private static final int TRUE = 1;
  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int STRUCT = 12;
  private static final int LONGEST_SHORT_LIST = 14;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Deque<Integer> fields = new ArrayDeque<>();
  private int last;

  byte[] toBytes() {
    return out.toByteArray();
  }

  ThriftWriter i32(int field, int value) {
    header(field, I32);
    varint(zigzag(value));
    return this;
  }

  ThriftWriter i64(int field, long value) {
    header(field, I64);
    varint(zigzag(value));
    return this;
  }

  ThriftWriter yes(int field) {
    header(field, TRUE);
    return this;
  }

  ThriftWriter text(int field, String value) {
    header(field, BINARY);
    bytes(value);
    return this;
  }

  ThriftWriter struct(int field, Runnable content) {
    header(field, STRUCT);
    nested(content);
    return this;
  }

  ThriftWriter i32s(int field, Collection<Integer> values) {
    list(field, I32, values.size());
    values.forEach(value -> varint(zigzag(value)));
    return this;
  }

  ThriftWriter texts(int field, Collection<String> values) {
    list(field, BINARY, values.size());
    values.forEach(this::bytes);
    return this;
  }

  <T> ThriftWriter structs(int field, Collection<T> values, BiConsumer<ThriftWriter, T> each) {
    list(field, STRUCT, values.size());
    values.forEach(value -> nested(() -> each.accept(this, value)));
    return this;
  }

  /** The end of a struct. */
  void end() {
    out.write(0);
  }

  private void nested(Runnable content) {
    fields.push(last);
    last = 0;
    content.run();
    end();
    last = fields.pop();
  }

  private void list(int field, int type, int size) {
    header(field, LIST);
    if (size <= LONGEST_SHORT_LIST) {
      out.write((size << 4) | type);
    } else {
      out.write(0xf0 | type);
      varint(size);
    }
  }

  /** Field numbers rise, so that the step from the last one says which it is. */
  private void header(int field, int type) {
    out.write(((field - last) << 4) | type);
    last = field;
  }

  private void bytes(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    varint(utf8.length);
    out.writeBytes(utf8);
  }

  private static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
