package io.mestral.storage.embedded.journal;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Real files on a disk that fails when it is told to, as a full or dying one does. */
final class FailingDisk implements JournalFolder.Disk {
  volatile boolean writesFail;
  volatile boolean syncsFail;
  volatile boolean createsFail;
  volatile CountDownLatch syncsWaitFor = new CountDownLatch(0);
  final CountDownLatch syncing = new CountDownLatch(1);

  @Override
  public FileChannel create(Path file) throws IOException {
    if (createsFail) throw new IOException("cannot create");
    return new Failing(FileChannel.open(file, CREATE_NEW, WRITE));
  }

  private final class Failing extends FileChannel {
    private final FileChannel real;

    Failing(FileChannel real) {
      this.real = real;
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
      if (!writesFail) return real.write(bytes, position);
      int half = bytes.remaining() / 2; // a full disk takes what fits
      real.write(bytes.slice(bytes.position(), half), position);
      throw new IOException("no space");
    }

    @Override
    public void force(boolean metaData) throws IOException {
      syncing.countDown();
      try {
        syncsWaitFor.await();
      } catch (InterruptedException interrupted) {
        throw new IOException(interrupted);
      }
      if (syncsFail) throw new IOException("the disk does not answer");
      real.force(metaData);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      real.truncate(size);
      return this;
    }

    @Override
    protected void implCloseChannel() throws IOException {
      real.close();
    }

    @Override
    public int read(ByteBuffer dst) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] dsts, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(ByteBuffer dst, long position) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer src) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] srcs, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel position(long newPosition) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long size() throws IOException {
      return real.size();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel src, long position, long count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }
  }
}
