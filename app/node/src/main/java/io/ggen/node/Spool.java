package io.ggen.node;

import io.ggen.base.ByteSize;

import java.nio.file.Path;

/**
 * Where content waits that is on its way in.
 *
 * @param folder made when it is first needed
 * @param most bytes of one upload
 */
record Spool(Path folder, ByteSize most) {}
