/**
 * As much of HTTP/1.1 as one exchange for each connection needs, read strictly and within bounds.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">HTTP/1.1</a>
 */
@NullMarked
package io.ggen.libp2p.gateway.http;

import org.jspecify.annotations.NullMarked;
