package io.ggen.libp2p.dns;

import io.ggen.base.Bytes;

/**
 * One record of a message.
 *
 * @param owner the name that it says something of
 * @param type what kind it is, one of the constants here or another
 * @param group its class, 1 for the Internet; in multicast DNS the top bit asks to forget what was
 *     known before
 * @param ttl for how many seconds it holds, unsigned
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1035#section-3.2">RFC 1035, section 3.2</a>
 */
public record DnsRecord(DnsName owner, int type, int group, long ttl, DnsData data) {
    /** An IPv4 address. */
    public static final int A = 1;

    /** The name that this one is another for. */
    public static final int CNAME = 5;

    /** A name that this one leads to. */
    public static final int PTR = 12;

    /** Text. */
    public static final int TXT = 16;

    /** An IPv6 address. */
    public static final int AAAA = 28;

    /** Host and port of a service. */
    public static final int SRV = 33;

    /** No record but what the sender can do (EDNS). */
    public static final int OPT = 41;

    /** Asks for records of every type; in questions alone. */
    public static final int ANY = 255;

    /** The class of the Internet. */
    public static final int INTERNET = 1;

    /** Checks that the data is of the type's shape; throws IllegalArgumentException. */
    public DnsRecord {
        boolean fits =
                switch (data) {
                    case DnsData.Name name -> type == PTR || type == CNAME;
                    case DnsData.Texts texts -> type == TXT;
                    case DnsData.Service service -> type == SRV;
                    case DnsData.Other other -> !isUnderstood(type);
                };
        if (!fits) {
            throw new IllegalArgumentException("a record of type " + type + " says other things");
        }
    }

    private static boolean isUnderstood(int type) {
        return type == PTR || type == CNAME || type == TXT || type == SRV;
    }

    /** Returns a record that leads from {@code owner} to {@code target}. */
    public static DnsRecord pointer(DnsName owner, DnsName target, long ttl) {
        return new DnsRecord(owner, PTR, INTERNET, ttl, new DnsData.Name(target));
    }

    /** Returns a record of an IP address of 4 or 16 bytes. */
    public static DnsRecord address(DnsName owner, Bytes ip, long ttl) {
        return new DnsRecord(
                owner, ip.length() == 4 ? A : AAAA, INTERNET, ttl, new DnsData.Other(ip));
    }
}
