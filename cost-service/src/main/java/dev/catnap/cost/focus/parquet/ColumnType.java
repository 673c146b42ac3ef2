package dev.catnap.cost.focus.parquet;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** How a value lies in the file, and what readers are told that it is. */
enum ColumnType {
  /** Byte array, logical type STRING. */
  TEXT(6) {
    @Override
    void describe(ThriftWriter schema, int scale) {
      schema.i32(6, 0).struct(10, () -> schema.struct(1, () -> {}));
    }

    @Override
    void write(Object value, int scale, ByteArrayOutputStream into) {
      byte[] utf8 = value.toString().getBytes(StandardCharsets.UTF_8);
      into.writeBytes(littleEndian(4).putInt(utf8.length).array());
      into.writeBytes(utf8);
    }
  },
  /** Byte array, logical type JSON. */
  JSON(6) {
    @Override
    void describe(ThriftWriter schema, int scale) {
      schema.i32(6, 19).struct(10, () -> schema.struct(12, () -> {}));
    }

    @Override
    void write(Object value, int scale, ByteArrayOutputStream into) {
      TEXT.write(value, scale, into);
    }
  },
  /** 16 bytes, the most significant first, logical type DECIMAL of 38 digits. */
  DECIMAL(7) {
    @Override
    void describe(ThriftWriter schema, int scale) {
      schema
          .i32(6, 5)
          .i32(7, scale)
          .i32(8, PRECISION)
          .struct(10, () -> schema.struct(5, () -> schema.i32(1, scale).i32(2, PRECISION)));
    }

    @Override
    void write(Object value, int scale, ByteArrayOutputStream into) {
      BigInteger unscaled = ((BigDecimal) value).setScale(scale).unscaledValue();
      byte[] bytes = unscaled.toByteArray();
      byte[] padded = new byte[DECIMAL_BYTES];
      java.util.Arrays.fill(padded, (byte) (unscaled.signum() < 0 ? -1 : 0));
      System.arraycopy(bytes, 0, padded, DECIMAL_BYTES - bytes.length, bytes.length);
      into.writeBytes(padded);
    }
  },
  /** Milliseconds since 1970 in 8 bytes, logical type TIMESTAMP in UTC. */
  TIME(2) {
    @Override
    void describe(ThriftWriter schema, int scale) {
      schema
          .i32(6, 9)
          .struct(
              10,
              () ->
                  schema.struct(
                      8, () -> schema.yes(1).struct(2, () -> schema.struct(1, () -> {}))));
    }

    @Override
    void write(Object value, int scale, ByteArrayOutputStream into) {
      into.writeBytes(littleEndian(8).putLong(((Instant) value).toEpochMilli()).array());
    }
  };

  static final int DECIMAL_BYTES = 16;
  private static final int PRECISION = 38;

  private final int physical;

  ColumnType(int physical) {
    this.physical = physical;
  }

  /** Number of the physical type in Parquet's Thrift definition. */
  int physical() {
    return physical;
  }

  /** Writes the fields of SchemaElement that tell the logical type. */
  abstract void describe(ThriftWriter schema, int scale);

  /** Appends a value in PLAIN encoding. */
  abstract void write(Object value, int scale, ByteArrayOutputStream into);

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
