package dev.catnap.gateways;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP/1.1 server with keep-alive that remembers what came over which connection. It can go away
 * (connection refused) and come back on its port.
 */
abstract class StandInServer implements AutoCloseable {

  /**
   * What came.
   *
   * @param connection the other end's port, which is another one for each connection
   */
  record Seen(HttpMessage request, int connection) {}

  private static final int BACKLOG = 256;
  private static final String LOCAL = "127.0.0.1";

  private final String address;
  private final int port;
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile ServerSocket server;
  private volatile Thread accepting;

  StandInServer(int port) {
    this(LOCAL, port);
  }

  StandInServer(String address, int port) {
    this.address = address;
    this.port = port;
  }

  /** Answers one request; whoever wants the connection for itself never returns. */
  abstract void answer(HttpMessage request, InputStream in, OutputStream out) throws IOException;

  final void start() {
    try {
      server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(address, port), BACKLOG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ServerSocket listening = server;
    accepting = Thread.ofVirtual().start(() -> accept(listening));
  }

  /** Goes away: open connections are closed, new ones refused. */
  final void stop() {
    try {
      if (server != null) {
        server.close();
        // Only then does the operating system refuse connections.
        accepting.join();
      }
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** All requests since the last {@link #forget}, in the order of their arrival. */
  final List<Seen> seen() {
    return List.copyOf(seen);
  }

  final HttpMessage last() {
    return seen.getLast().request();
  }

  final long connectionsUsed() {
    return seen.stream().map(Seen::connection).distinct().count();
  }

  void forget() {
    seen.clear();
  }

  private void accept(ServerSocket listening) {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        // Closed by stop(): the loop ends.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        HttpMessage request = HttpMessage.read(in);
        seen.add(new Seen(request, socket.getPort()));
        answer(request, in, socket.getOutputStream());
      }
    } catch (IOException e) {
      // The other end is done with this connection, or stop() was called.
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
