/* Savefiles and streams (-r FILE, -r -) as a source. */
#ifndef CAPTURE_SOURCE_FILE_H
#define CAPTURE_SOURCE_FILE_H

#include "capture/source.h"
#include "pcapfile/savefile.h"

struct source_file_options {
    const char *path; /* "-" for standard input */

    /*
     * Reading may wait for a pipe.  `wake_fd` (< 0: none) becoming readable interrupts that:
     * `woken` is asked, and when it returns true the file ends there.  Otherwise it must have made
     * `wake_fd` unreadable again.
     */
    int wake_fd;
    bool (*woken)(void *context);

    /* Optional: after how many ms of waiting `woken` is asked in any case; -1: never. */
    int (*patience)(void *context);

    /* Optional, see struct savefile_setup. */
    void (*block)(void *context, const struct savefile *f, const struct savefile_block *block);
    void (*name)(void *context, const u8 *address, u32 len, struct str name);

    void *context; /* for all of the above */

    bool copied; /* see struct savefile_setup */
};

/* All options at their defaults, for the file `path`. */
struct source_file_options source_file_options_for(const char *path);

/*
 * Opens a savefile and reads its header.  A filter judges packets but never shortens them: what
 * tcpdump -r -w copies has its full length whatever -s says.  `mixed` is set, because a pcapng file
 * may bring a new link type at any time; `interfaces` are none: ask the savefile.
 * NULL with the reason in `failure`, in tcpdump's words.  The path is not kept.
 */
struct source *source_file_open(const struct source_file_options *options,
                                struct source_failure *failure);

/* Whether the packets could be read once more: false for pipes and for live sources. */
bool source_file_is_regular(const struct source *s);

/* What is known of the file behind the source; valid as long as the source. */
const struct savefile *source_file_savefile(const struct source *s);

/* Why bytes of a packet cannot be had any more, as the end of a sentence. */
const char *source_file_explain(const struct source *s);

/* How many bytes have been read, as they are in the file: of a compressed one, before inflating. */
u64 source_file_bytes_read(const struct source *s);

#endif
