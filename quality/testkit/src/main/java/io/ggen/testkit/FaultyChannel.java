package io.ggen.testkit;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** A file channel whose writes, truncations and forces are counted, and fail on demand. */
final class FaultyChannel extends FileChannel {
    private final FaultyFileSystem fileSystem;
    private final Path file;
    private final FileChannel real;
    private final boolean appends;

    FaultyChannel(FaultyFileSystem fileSystem, Path file, FileChannel real, boolean appends) {
        this.fileSystem = fileSystem;
        this.file = file;
        this.real = real;
        this.appends = appends;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return real.read(target);
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        return real.read(targets, offset, length);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        return real.read(target, position);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        long start = writePosition();
        beforeWrite(source, start, source.remaining());
        return real.write(source);
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        beforeWrite(source, position, source.remaining());
        return real.write(source, position);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        fileSystem.before("write", file, true);
        fileSystem.wrote(file, writePosition());
        return real.write(sources, offset, length);
    }

    private long writePosition() throws IOException {
        return appends ? real.size() : real.position();
    }

    private void beforeWrite(ByteBuffer source, long position, int length) throws IOException {
        try {
            fileSystem.before("write of " + length, file, true);
        } catch (IOException e) {
            if (fileSystem.outOfSpace()) {
                real.write(source.duplicate().limit(source.position() + length / 2), position);
                fileSystem.wrote(file, position);
            }
            throw e;
        }
        fileSystem.wrote(file, position);
    }

    @Override
    public long position() throws IOException {
        return real.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        real.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return real.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        fileSystem.before("truncate", file, false);
        real.truncate(size);
        fileSystem.wrote(file, size);
        return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        fileSystem.before("force", file, false);
        real.force(metaData);
        fileSystem.forced(file);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target)
            throws IOException {
        return target instanceof FaultyChannel faulty
                ? faulty.transferFrom(this, faulty.position(), count, position)
                : real.transferTo(position, count, target);
    }

    private long transferFrom(FaultyChannel source, long at, long count, long position)
            throws IOException {
        fileSystem.before("transfer into", file, true);
        fileSystem.wrote(file, at);
        return source.real.transferTo(position, count, real);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count)
            throws IOException {
        fileSystem.before("transfer into", file, true);
        fileSystem.wrote(file, position);
        ReadableByteChannel from = source instanceof FaultyChannel faulty ? faulty.real : source;
        return real.transferFrom(from, position, count);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        if (mode.equals(MapMode.READ_WRITE)) {
            fileSystem.before("map", file, true);
            fileSystem.wrote(file, position);
        }
        return real.map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return new Lock(this, real.lock(position, size, shared));
    }

    @Override
    public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
        FileLock lock = real.tryLock(position, size, shared);
        return lock == null ? null : new Lock(this, lock);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        real.close();
    }

    private static final class Lock extends FileLock {
        private final FileLock lock;

        Lock(FaultyChannel channel, FileLock lock) {
            super(channel, lock.position(), lock.size(), lock.isShared());
            this.lock = lock;
        }

        @Override
        public boolean isValid() {
            return lock.isValid();
        }

        @Override
        public void release() throws IOException {
            lock.release();
        }
    }
}
