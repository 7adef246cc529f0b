package io.ggen.simulator.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Cities and the measured round-trip times between them. Immutable. */
public final class Cities {
    /** The round trip between two nodes of one city, in microseconds. */
    private static final int WITHIN = 2_000;

    private final List<String> names;
    private final int[][] micros;

    private Cities(List<String> names, int[][] micros) {
        this.names = names;
        this.micros = micros;
    }

    /** Reads the cities that come with the simulator; the file says where its figures are from. */
    public static Cities load() {
        try (InputStream in = Cities.class.getResourceAsStream("cities.csv")) {
            if (in == null) {
                throw new IllegalStateException("cities.csv is not on the class path");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return parse(text.lines().filter(line -> !line.startsWith("#")).toList());
        } catch (IOException e) {
            throw new UncheckedIOException("cities.csv cannot be read", e);
        }
    }

    private static Cities parse(List<String> lines) {
        int[][] micros = new int[lines.size()][lines.size()];
        for (int i = 0; i < lines.size(); i++) {
            String[] cells = lines.get(i).split(",", -1);
            micros[i][i] = WITHIN;
            for (int j = 0; j < i; j++) {
                micros[i][j] = 1000 * Integer.parseInt(cells[j + 1]);
                micros[j][i] = micros[i][j];
            }
        }
        return new Cities(lines.stream().map(line -> line.split(",", -1)[0]).toList(), micros);
    }

    /** Returns how many there are. */
    public int count() {
        return names.size();
    }

    /** Returns the name of a city. */
    public String name(int city) {
        return names.get(city);
    }

    /** Returns the round trip between two cities in microseconds. */
    public int roundTrip(int one, int other) {
        return micros[one][other];
    }
}
