package io.ggen.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.marketplace.core.network.Fields;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

class NodeLogsTest {
    @Test
    void writesOneObjectOnEachLine() {
        PrintStream before = System.err;
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            NodeLogs.begin();
            System.Logger log =
                    new NodeLogs().getLogger("io.ggen.test", NodeLogsTest.class.getModule());
            log.log(System.Logger.Level.DEBUG, "not said");
            log.log(System.Logger.Level.INFO, "{0} peers\nand more", 3);
            log.log(System.Logger.Level.ERROR, "failed", new IllegalStateException("why"));
        } finally {
            System.setErr(before);
        }
        List<Fields> lines =
                err.toString(StandardCharsets.UTF_8)
                        .lines()
                        .map(line -> FieldsJson.read(line.getBytes(StandardCharsets.UTF_8)))
                        .toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst().text("message")).isEqualTo("3 peers\nand more");
        assertThat(lines.getFirst().text("level")).isEqualTo("INFO");
        assertThat(lines.getLast().text("thrown")).contains("IllegalStateException: why");
    }
}
