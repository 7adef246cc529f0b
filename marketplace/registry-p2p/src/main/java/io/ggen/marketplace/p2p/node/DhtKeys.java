package io.ggen.marketplace.p2p.node;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.PackageId;
import io.ggen.multiformats.Cid;
import io.ggen.multiformats.Multihash;

/**
 * Under which keys of the DHT things are: {@code /ggen/<did>/<id>} for a publisher's latest record
 * of a package, the multihash of a content's CID for its holders, and the multihash of {@code
 * /ggen/pkg/<id>} for those who know releases of that name.
 */
final class DhtKeys {
    /** The namespace of records. */
    static final String NAMESPACE = "ggen";

    private DhtKeys() {}

    static Bytes release(Did publisher, PackageId id) {
        return Bytes.utf8("/" + NAMESPACE + "/" + publisher + "/" + id);
    }

    static Bytes content(Cid cid) {
        return cid.hash().encode();
    }

    static Bytes name(PackageId id) {
        Bytes digest = Sha256.of(Bytes.utf8("/" + NAMESPACE + "/pkg/" + id)).bytes();
        return new Multihash(Multihash.SHA2_256, digest).encode();
    }
}
