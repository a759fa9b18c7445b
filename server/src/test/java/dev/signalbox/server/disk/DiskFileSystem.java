package dev.signalbox.server.disk;

import java.io.File;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The real file system, whose paths lead to {@link FailingDisk}. */
final class DiskFileSystem extends FileSystem {
  private final FailingDisk provider;
  private final FileSystem real;

  DiskFileSystem(FailingDisk provider, FileSystem real) {
    this.provider = provider;
    this.real = real;
  }

  Path wrap(Path path) {
    return (Path)
        Proxy.newProxyInstance(
            DiskFileSystem.class.getClassLoader(),
            new Class<?>[] {Path.class},
            new WrappedPath(this, path));
  }

  static Path unwrap(Path path) {
    return Proxy.isProxyClass(path.getClass())
        ? ((WrappedPath) Proxy.getInvocationHandler(path)).path
        : path;
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public String getSeparator() {
    return real.getSeparator();
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    List<Path> roots = new ArrayList<>();
    real.getRootDirectories().forEach(root -> roots.add(wrap(root)));
    return roots;
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return real.getFileStores();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return real.supportedFileAttributeViews();
  }

  @Override
  public Path getPath(String first, String... more) {
    return wrap(real.getPath(first, more));
  }

  @Override
  public PathMatcher getPathMatcher(String pattern) {
    PathMatcher matcher = real.getPathMatcher(pattern);
    return path -> matcher.matches(unwrap(path));
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    return real.getUserPrincipalLookupService();
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException();
  }

  private static final class WrappedPath implements InvocationHandler {
    private final DiskFileSystem fileSystem;
    private final Path path;

    WrappedPath(DiskFileSystem fileSystem, Path path) {
      this.fileSystem = fileSystem;
      this.path = path;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      if (method.getName().equals("getFileSystem")) {
        return fileSystem;
      }
      if (method.getName().equals("toFile")) {
        return new File(path.toString());
      }
      try {
        Object result = method.invoke(path, unwrapped(arguments));
        return result instanceof Path found ? fileSystem.wrap(found) : result;
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }

    private static Object @Nullable [] unwrapped(Object @Nullable [] arguments) {
      if (arguments == null) {
        return null;
      }
      Object[] plain = arguments.clone();
      for (int i = 0; i < plain.length; i++) {
        plain[i] = plain[i] instanceof Path path ? unwrap(path) : plain[i];
      }
      return plain;
    }
  }
}
