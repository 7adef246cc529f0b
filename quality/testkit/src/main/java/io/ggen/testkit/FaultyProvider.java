package io.ggen.testkit;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** Passes everything on to the default provider, after {@link FaultyFileSystem#before}. */
final class FaultyProvider extends FileSystemProvider {
    private static final Set<OpenOption> WRITING =
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    private static final Set<OpenOption> CREATING =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.CREATE_NEW);

    private final FaultyFileSystem fileSystem;
    private final FileSystemProvider real = FileSystems.getDefault().provider();

    FaultyProvider(FaultyFileSystem fileSystem) {
        this.fileSystem = fileSystem;
    }

    private void before(String operation, Path path, boolean room) throws IOException {
        fileSystem.before(operation, path, room);
    }

    @Override
    public FileChannel newFileChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        Path file = FaultyPath.real(path);
        if (options.stream().noneMatch(WRITING::contains)) {
            return new FaultyChannel(fileSystem, file, real.newFileChannel(file, options), false);
        }
        boolean creates = options.stream().anyMatch(CREATING::contains) && !Files.exists(file);
        before(creates ? "create" : "open for writing", file, creates);
        FileChannel channel = real.newFileChannel(file, options, attributes);
        if (creates || options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
            fileSystem.wrote(file, 0);
        }
        return new FaultyChannel(
                fileSystem, file, channel, options.contains(StandardOpenOption.APPEND));
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public InputStream newInputStream(Path path, OpenOption... options) throws IOException {
        return real.newInputStream(FaultyPath.real(path), options);
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
        if (!Files.exists(FaultyPath.real(directory))) {
            before("create folder", directory, true);
        }
        real.createDirectory(FaultyPath.real(directory), attributes);
    }

    @Override
    public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
            throws IOException {
        before("symlink", link, true);
        real.createSymbolicLink(FaultyPath.real(link), FaultyPath.real(target), attributes);
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        before("link", link, true);
        real.createLink(FaultyPath.real(link), FaultyPath.real(existing));
    }

    @Override
    public Path readSymbolicLink(Path link) throws IOException {
        return fileSystem.wrap(real.readSymbolicLink(FaultyPath.real(link)));
    }

    @Override
    public void delete(Path path) throws IOException {
        before("delete", path, false);
        real.delete(FaultyPath.real(path));
        fileSystem.forced(FaultyPath.real(path));
    }

    @Override
    public boolean deleteIfExists(Path path) throws IOException {
        if (!Files.exists(FaultyPath.real(path), LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        delete(path);
        return true;
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        before("copy to", target, true);
        real.copy(FaultyPath.real(source), FaultyPath.real(target), options);
        fileSystem.wrote(FaultyPath.real(target), 0);
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        before("move " + source + " to", target, false);
        real.move(FaultyPath.real(source), FaultyPath.real(target), options);
        fileSystem.moved(FaultyPath.real(source), FaultyPath.real(target));
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
            throws IOException {
        before("set " + attribute, path, false);
        real.setAttribute(FaultyPath.real(path), attribute, value, options);
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        V view = real.getFileAttributeView(FaultyPath.real(path), type, options);
        return view == null ? null : counted(path, type, view);
    }

    private <V extends FileAttributeView> V counted(Path path, Class<V> type, V view) {
        Object proxy =
                Proxy.newProxyInstance(
                        type.getClassLoader() == null
                                ? getClass().getClassLoader()
                                : type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) -> {
                            if (method.getName().startsWith("set")) {
                                before(method.getName(), path, false);
                            }
                            try {
                                return method.invoke(view, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getTargetException();
                            }
                        });
        return type.cast(proxy);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(
            Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
        DirectoryStream<Path> stream =
                real.newDirectoryStream(
                        FaultyPath.real(directory), path -> filter.accept(fileSystem.wrap(path)));
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return fileSystem.paths(stream).iterator();
            }

            @Override
            public void close() throws IOException {
                stream.close();
            }
        };
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
        return real.isSameFile(FaultyPath.real(path), FaultyPath.real(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return real.isHidden(FaultyPath.real(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return real.getFileStore(FaultyPath.real(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        real.checkAccess(FaultyPath.real(path), modes);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(
            Path path, Class<A> type, LinkOption... options) throws IOException {
        return real.readAttributes(FaultyPath.real(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
            throws IOException {
        return real.readAttributes(FaultyPath.real(path), attributes, options);
    }

    @Override
    public String getScheme() {
        return "faulty";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException("made by its constructor alone");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return fileSystem;
    }

    @Override
    public Path getPath(URI uri) {
        return fileSystem.wrap(Path.of(uri));
    }
}
