package io.ggen.testkit;

/** How a {@link FaultyFileSystem} fails. */
public enum Fault {
    /** One operation fails with an IOException; those after it work. */
    ERROR,
    /**
     * From one operation on, everything that needs room fails ("No space left on device"), a write
     * after half of its bytes; deleting and renaming work.
     */
    NO_SPACE,
    /** From one operation on nothing that changes the disk works, as if the process were gone. */
    CRASH
}
