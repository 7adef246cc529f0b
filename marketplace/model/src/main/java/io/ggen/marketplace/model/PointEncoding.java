package io.ggen.marketplace.model;

import io.ggen.base.Bytes;

/**
 * What an encoded point or number of edwards25519 must be so that it has one form and no trick:
 * little-endian, 32 bytes.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8032#section-5.1">RFC 8032, section 5.1</a>
 */
final class PointEncoding {
    /** The prime 2^255 - 19. */
    private static final Bytes FIELD = littleEndian("7f" + "ff".repeat(30) + "ed");

    /** The order of the base point. */
    private static final Bytes ORDER =
            littleEndian("1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed");

    /** The y coordinates of the eight points of small order. */
    private static final Bytes[] SMALL_ORDER = {
        Bytes.wrap(new byte[32]),
        littleEndian("00".repeat(31) + "01"),
        littleEndian("7f" + "ff".repeat(30) + "ec"),
        Bytes.fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        Bytes.fromHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
    };

    private PointEncoding() {}

    /** Returns whether the y coordinate is below the prime. */
    static boolean isCanonicalPoint(Bytes point) {
        return isBelow(withoutSign(point), FIELD);
    }

    /** Returns whether the point is one of the eight that a signature proves nothing for. */
    static boolean isSmallOrder(Bytes point) {
        Bytes y = withoutSign(point);
        for (Bytes small : SMALL_ORDER) {
            if (small.equals(y)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a signature's two halves are in their one form. */
    static boolean isCanonicalSignature(Bytes signature) {
        return isCanonicalPoint(signature.slice(0, 32)) && isBelow(signature.slice(32, 64), ORDER);
    }

    private static boolean isBelow(Bytes number, Bytes bound) {
        for (int i = 31; i >= 0; i--) {
            int difference = (number.get(i) & 0xff) - (bound.get(i) & 0xff);
            if (difference != 0) {
                return difference < 0;
            }
        }
        return false;
    }

    private static Bytes withoutSign(Bytes point) {
        byte[] y = point.toArray();
        y[31] &= 0x7f;
        return Bytes.wrap(y);
    }

    private static Bytes littleEndian(String hex) {
        byte[] bytes = Bytes.fromHex(hex).toArray();
        for (int i = 0; i < bytes.length / 2; i++) {
            byte swapped = bytes[i];
            bytes[i] = bytes[bytes.length - 1 - i];
            bytes[bytes.length - 1 - i] = swapped;
        }
        return Bytes.wrap(bytes);
    }
}
