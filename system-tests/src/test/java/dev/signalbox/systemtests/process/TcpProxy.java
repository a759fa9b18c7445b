package dev.signalbox.systemtests.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A way to a server that a test can break, cut and heal. Listens on a port of its own on the
 * loopback.
 */
public final class TcpProxy implements AutoCloseable {
  private record Link(Socket client, Socket server) {
    void sever() {
      closeQuietly(client);
      closeQuietly(server);
    }
  }

  private final ServerSocket door;
  private final InetSocketAddress server;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  private TcpProxy(ServerSocket door, InetSocketAddress server) {
    this.door = door;
    this.server = server;
  }

  /**
   * Opens a way.
   *
   * @param target host:port of the server
   * @return the open way
   */
  public static TcpProxy to(String target) throws IOException {
    int colon = target.lastIndexOf(':');
    InetSocketAddress server =
        new InetSocketAddress(
            target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)));
    TcpProxy proxy =
        new TcpProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server);
    daemon(proxy::admit);
    return proxy;
  }

  /**
   * Where clients go.
   *
   * @return host:port
   */
  public String target() {
    return "127.0.0.1:" + door.getLocalPort();
  }

  /**
   * Severs the connections of the moment. New ones are welcome.
   *
   * @return how many there were
   */
  public int breakConnections() {
    int broken = 0;
    for (Link link : List.copyOf(links)) {
      link.sever();
      broken += links.remove(link) ? 1 : 0;
    }
    return broken;
  }

  /** Severs every connection, and each new one at once, until {@link #heal()}. */
  public void cut() {
    cut = true;
    breakConnections();
  }

  /** Ends a {@link #cut()}. */
  public void heal() {
    cut = false;
  }

  @Override
  public void close() {
    closeQuietly(door);
    cut();
  }

  private void admit() {
    try {
      while (true) {
        connect(door.accept());
      }
    } catch (IOException e) {
      // The door was closed.
    }
  }

  private void connect(Socket client) {
    Socket onward = new Socket();
    Link link = new Link(client, onward);
    links.add(link);
    try {
      onward.connect(server);
      daemon(() -> pump(client, onward, link));
      daemon(() -> pump(onward, client, link));
    } catch (IOException e) {
      link.sever();
    }
    if (cut) {
      link.sever();
    }
  }

  private void pump(Socket from, Socket to, Link link) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } catch (IOException e) {
      // Severed, by us or by an end.
    } finally {
      link.sever();
      links.remove(link);
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "tcp-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(AutoCloseable what) {
    try {
      what.close();
    } catch (Exception e) {
      // It is gone either way.
    }
  }
}
