package io.mestral.node;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of all that a node keeps. As long as this object is open the folder is ours: one lock,
 * held by the operating system, so that it ends with the process whatever way that ends.
 */
public final class DataFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);

  /** The file that marks a folder as a node's. */
  public static final String MARKER = "mestral.format";

  /** The small files without which the rest of the folder is of no use. */
  static final List<String> FILES_TO_KEEP =
      List.of(
          MARKER, "node.key", "node.key.copy", MetadataHome.FILE, Whereabouts.FILE, Enrolment.FILE);

  private static final String LOCK = "node.lock";
  private static final String ADMIN_TOKEN = "admin.token";
  private static final int FORMAT = 1;
  private static final Pattern MARKER_TEXT = Pattern.compile("mestral data folder, format (\\d+)");

  /**
   * What a folder without a marker may hold: a mount point's own, a start cut short, and the key of
   * other nodes on the same database.
   */
  private static final Set<String> IN_AN_EMPTY_FOLDER =
      Set.of("lost+found", LOCK, MARKER + ".new", "node.key", "node.key.copy");

  private final Path path;
  private final FileChannel lock;
  private final PrivateFiles files;

  private DataFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
    this.files = new PrivateFiles(path);
  }

  /**
   * Takes the folder, and makes it when it isn't there.
   *
   * @throws StartFailure when it belongs to something else, is in use, or can't be written
   */
  public static DataFolder open(Path path) {
    try {
      Files.createDirectories(path, PrivateFiles.permissions("rwx------"));
      refuseOthers(path);
      DataFolder folder = new DataFolder(path, locked(path));
      try {
        folder.checkFormat();
        return folder;
      } catch (IOException | RuntimeException e) {
        folder.close();
        throw e;
      }
    } catch (IOException e) {
      throw StartFailure.dataFolder(
          "cannot use the data folder " + path + " (data.dir): " + reason(e), e);
    }
  }

  /** Whether a node has the folder open, in whatever process. */
  public static boolean isInUse(Path path) throws IOException {
    Path lock = path.resolve(LOCK);
    if (!Files.exists(lock)) return false;
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
      return channel.tryLock() == null;
    } catch (OverlappingFileLockException sameProcess) {
      return true;
    }
  }

  /**
   * Tells a folder that it was brought back from a backup, so that it doesn't go on with what was
   * under way then.
   */
  public static void restored(Path path) throws IOException {
    Whereabouts.in(path).restored();
  }

  /** The folder itself. */
  public Path path() {
    return path;
  }

  /** The node's own 32 random bytes, made the first time. */
  public byte[] nodeKey() throws IOException {
    return NodeKey.in(files);
  }

  /** The administrator's token that was kept here; empty when there is none. */
  public Optional<String> adminToken() throws IOException {
    return adminTokenIn(path);
  }

  /** Keeps the administrator's token for programs of the same user. */
  public void keepAdminToken(String token) throws IOException {
    files.write(ADMIN_TOKEN, (token + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** The administrator's token in a folder that another process may have open. */
  public static Optional<String> adminTokenIn(Path dataFolder) throws IOException {
    return new PrivateFiles(dataFolder)
        .read(ADMIN_TOKEN)
        .map(content -> new String(content, StandardCharsets.UTF_8).strip())
        .filter(token -> !token.isEmpty());
  }

  /** Says where the node listens, until the folder is closed. */
  public void announce(NodeAddress address) throws IOException {
    address.write(files);
  }

  /** Gives the folder back. */
  @Override
  public void close() {
    try {
      NodeAddress.remove(files);
      lock.close();
    } catch (IOException e) {
      LOG.warn("The data folder {} was not closed cleanly: {}", path, e.toString());
    }
  }

  private static void refuseOthers(Path path) throws IOException {
    if (Files.exists(path.resolve(MARKER))) return;
    try (Stream<Path> entries = Files.list(path)) {
      Optional<String> foreign =
          entries
              .map(entry -> entry.getFileName().toString())
              .filter(name -> !IN_AN_EMPTY_FOLDER.contains(name))
              .findFirst();
      if (foreign.isPresent())
        throw StartFailure.dataFolder(
            "the data folder "
                + path
                + " (data.dir) is not Mestral's and not empty: it holds "
                + foreign.get()
                + " but no "
                + MARKER);
    }
  }

  private static FileChannel locked(Path path) throws IOException {
    Path file = path.resolve(LOCK);
    if (!Files.exists(file)) Files.createFile(file, PrivateFiles.permissions("rw-------"));
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) return channel;
    } catch (OverlappingFileLockException sameProcess) {
      LOG.debug("The lock is held in this process", sameProcess);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw StartFailure.dataFolder(
        "the data folder " + path + " (data.dir) is in use by another node");
  }

  /** A marker that can't be read is a damaged file, not another program's folder. */
  private void checkFormat() throws IOException {
    Optional<byte[]> content = files.read(MARKER);
    if (content.isPresent()) {
      Matcher marker =
          MARKER_TEXT.matcher(new String(content.get(), StandardCharsets.UTF_8).strip());
      if (marker.matches()) {
        refuseNewer(marker.group(1));
        return;
      }
      LOG.error("{} was damaged and is set aside as {}", MARKER, files.setAside(MARKER));
    }
    String text = "mestral data folder, format " + FORMAT + "\n";
    files.write(MARKER, text.getBytes(StandardCharsets.UTF_8));
  }

  private void refuseNewer(String format) {
    if (format.length() > 4 || Integer.parseInt(format) > FORMAT)
      throw StartFailure.dataFolder(
          "the data folder " + path + " was written by a newer version (format " + format + ")");
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) return "permission denied";
    if (e instanceof FileSystemException system && system.getReason() != null)
      return system.getReason();
    return e.toString();
  }
}
