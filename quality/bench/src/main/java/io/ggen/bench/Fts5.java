package io.ggen.bench;

import io.ggen.marketplace.core.search.SearchDocument;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The rival SQLite FTS5: names weigh four times as much as summaries; no typing errors. */
final class Fts5 implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement query;

    private Fts5(Connection connection) throws SQLException {
        this.connection = connection;
        query =
                connection.prepareStatement(
                        "SELECT name FROM packages WHERE packages MATCH ?"
                                + " ORDER BY bm25(packages, 4.0, 1.0) LIMIT "
                                + SearchTrial.LIMIT);
    }

    /** Indexes {@code corpus} in a new database {@code file}, in one transaction. */
    static Fts5 build(Path file, SearchCorpus corpus) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE VIRTUAL TABLE packages USING fts5(name, summary)");
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO packages VALUES (?, ?)")) {
            for (SearchDocument row : corpus.rows()) {
                insert.setString(1, row.id().text());
                insert.setString(2, row.description());
                insert.executeUpdate();
            }
        }
        connection.commit();
        return new Fts5(connection);
    }

    List<String> search(String text) {
        try {
            query.setString(1, "\"" + text.replace(" ", "\" \"") + "\"");
            List<String> ids = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
            return ids;
        } catch (SQLException e) {
            throw new IllegalStateException("FTS5 refused: " + text, e);
        }
    }

    @Override
    public void close() throws SQLException {
        query.close();
        connection.close();
    }
}
