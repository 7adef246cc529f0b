package io.ggen.marketplace.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** What node-semver 7 says in its strict mode of the same ranges and versions. */
final class NodeSemverTest {
    private static final String FOLDER = "/io/ggen/marketplace/model/";

    @ParameterizedTest
    @CsvFileSource(resources = FOLDER + "range-contains.tsv", delimiter = '\t')
    void contains(String range, String version) {
        assertThat(VersionRange.parse(range).contains(Version.parse(version))).isTrue();
    }

    @ParameterizedTest
    @CsvFileSource(resources = FOLDER + "range-excludes.tsv", delimiter = '\t')
    void excludes(String range, String version) {
        assertThat(VersionRange.parse(range).contains(Version.parse(version))).isFalse();
    }

    @ParameterizedTest
    @CsvFileSource(resources = FOLDER + "version-order.tsv", delimiter = '\t')
    void orders(String higher, String lower) {
        Version one = Version.parse(higher);
        Version other = Version.parse(lower);
        assertThat(one).isGreaterThan(other);
        assertThat(other).isLessThan(one);
        assertThat(one.toString()).isEqualTo(higher);
    }
}
