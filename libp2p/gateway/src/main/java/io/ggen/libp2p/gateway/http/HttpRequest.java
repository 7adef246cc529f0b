package io.ggen.libp2p.gateway.http;

import java.util.List;

/**
 * A request without a body: anything by which two readers could disagree about where it ends is
 * refused.
 *
 * @param method GET or HEAD
 * @param target begins with a slash
 * @param host the value of the one Host field
 */
public record HttpRequest(String method, String target, String host, HttpHead head) {
    private static final int MAX_TARGET = 8 * 1024;

    /**
     * Understands a head as a request.
     *
     * @throws HttpException 400, 405, 414, 501 or 505
     */
    public static HttpRequest of(HttpHead head) {
        List<String> words = List.of(head.start().split(" ", -1));
        if (words.size() != 3) {
            throw HttpException.bad("a request line is method, target and version");
        }
        String method = words.get(0);
        String target = words.get(1);
        if (!words.get(2).equals("HTTP/1.1")) {
            throw new HttpException(505, "only HTTP/1.1 is spoken");
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            throw new HttpException(405, "only GET and HEAD are answered");
        }
        if (target.length() > MAX_TARGET) {
            throw new HttpException(414, "a target of more than " + MAX_TARGET + " bytes");
        }
        if (!target.startsWith("/") || target.indexOf('#') >= 0 || target.indexOf('\t') >= 0) {
            throw HttpException.bad("a target is a path and a query");
        }
        refuseBody(head);
        String host =
                head.single("host").orElseThrow(() -> HttpException.bad("a Host field is needed"));
        return new HttpRequest(method, target, host, head);
    }

    private static void refuseBody(HttpHead head) {
        if (!head.all("transfer-encoding").isEmpty()) {
            throw new HttpException(501, "a request has no body");
        }
        for (String length : head.all("content-length")) {
            if (!length.equals("0")) {
                throw HttpException.bad("a request has no body");
            }
        }
        head.single("content-length");
        if (!head.all("expect").isEmpty()) {
            throw HttpException.bad("a request has no body to be expected");
        }
    }

    /** Returns whether only the head of the answer is wanted. */
    public boolean isHead() {
        return method.equals("HEAD");
    }
}
