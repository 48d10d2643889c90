/*
 * One output file, -w: packets are encoded into a buffer, the buffer goes out in large writes.
 *
 * Nothing is lost silently: the first write that fails or falls short makes the writer fail for
 * good, and a torn record at the end of a regular file is cut off.
 */
#ifndef CLI_WRITE_H
#define CLI_WRITE_H

#include "base/packet.h"
#include "pcapfile/pcap_write.h"

enum { WRITER_BUFFER = 256 * 1024 }; /* bytes */

struct writer {
    int fd;       /* -1: not open */
    bool regular; /* a file that can be truncated, not a pipe or a device */
    int error;    /* errno of the failure, 0 while all is well: sticky */
    bool nano;
    bool copies; /* set by the owner: the packets' records are this file's, and need no encoding */
    u8 *buffer;  /* owned, WRITER_BUFFER bytes; always begins at a record's first byte */
    size_t used;
    u64 written; /* bytes of the file that have left the buffer */
    u64 packets; /* taken for this file, be they in it or in the buffer */
};

/* A writer without a file.  False when there is no memory. */
bool writer_init(struct writer *w);
void writer_free(struct writer *w);

/*
 * Creates or empties the file at `path`, "-" for standard output, and begins it with a header.
 * False with `error` set.
 */
bool writer_open(struct writer *w, const char *path, const struct pcap_header *header);

/* Adds packets.  False, at once and for ever, after a failure: not all of them were taken. */
bool writer_packets(struct writer *w, const struct packet *batch, u32 n);

/* Hands over what is buffered. */
bool writer_flush(struct writer *w);

/* Flushes and closes.  False when anything of the file may be missing. */
bool writer_close(struct writer *w);

/* The file's length, bytes in the buffer included. */
static inline u64 writer_size(const struct writer *w)
{
    return w->written + w->used;
}

#endif
