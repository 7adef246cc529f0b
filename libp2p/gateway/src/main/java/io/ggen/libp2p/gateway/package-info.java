/**
 * The trustless gateway: blocks and CARs that the asker verifies, over libp2p streams and over
 * HTTP.
 *
 * @see <a href="https://specs.ipfs.tech/http-gateways/trustless-gateway/">Trustless gateway</a>
 * @see <a href="https://specs.ipfs.tech/http-gateways/libp2p-gateway/">Gateway over libp2p</a>
 */
@NullMarked
package io.ggen.libp2p.gateway;

import org.jspecify.annotations.NullMarked;
