package io.ggen.content;

import io.ggen.multiformats.Cid;

/**
 * A finished part of a DAG.
 *
 * @param contentBytes bytes of file content below it
 * @param totalSize bytes of all its blocks, one that occurs twice counted twice
 */
record Subtree(Cid cid, long contentBytes, long totalSize) {
    DagPbLink link(String name) {
        return new DagPbLink(name, cid, totalSize);
    }
}
