package io.ggen.libp2p.gateway.http;

/** A message that is refused, with the status that its sender is told. */
public final class HttpException extends RuntimeException {
    private final int status;

    /** Says what is wrong with the message. */
    public HttpException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Returns the status code. */
    public int status() {
        return status;
    }

    static HttpException bad(String message) {
        return new HttpException(400, message);
    }
}
