/* Output files. */
#include "cli/write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/descriptor.h"

bool writer_init(struct writer *w)
{
    *w = (struct writer){ .fd = -1, .buffer = malloc(WRITER_BUFFER) };
    return w->buffer != NULL;
}

void writer_free(struct writer *w)
{
    if (w->fd > STDOUT_FILENO)
        close(w->fd);
    free(w->buffer);
    *w = (struct writer){ .fd = -1 };
}

bool writer_open(struct writer *w, const char *path, const struct pcap_header *header)
{
    struct stat status;

    w->error = 0;
    w->nano = header->nano;
    w->written = w->packets = 0;
    if (strcmp(path, "-") == 0)
        w->fd = STDOUT_FILENO;
    else
        w->fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (w->fd < 0) {
        w->error = errno;
        return false;
    }
    /* Somebody else's position in standard output is not ours to truncate at. */
    w->regular = w->fd != STDOUT_FILENO && fstat(w->fd, &status) == 0 && S_ISREG(status.st_mode);
    pcap_write_header(w->buffer, header);
    w->used = PCAP_HEADER_LEN;
    return true;
}

/* Where the last record ends of which all bytes are among the first `n` of the buffer. */
static size_t whole_records(const struct writer *w, size_t n)
{
    size_t at = w->written == 0 ? PCAP_HEADER_LEN : 0;

    if (n < at)
        return 0;
    for (;;) {
        u32 fields[4];
        if (n - at < PCAP_RECORD_LEN)
            return at;
        memcpy(fields, w->buffer + at, sizeof fields);
        if (n - at - PCAP_RECORD_LEN < fields[2])
            return at;
        at += PCAP_RECORD_LEN + fields[2];
    }
}

/* Remembers the failure, and cuts off what is torn: the file then has `whole` bytes. */
static COLD bool fail(struct writer *w, u64 whole)
{
    w->error = errno;
    w->used = 0;
    if (w->regular && ftruncate(w->fd, (off_t)whole) == 0)
        w->written = whole;
    return false;
}

bool writer_flush(struct writer *w)
{
    if (w->error != 0)
        return false;
    size_t done = descriptor_write(w->fd, w->buffer, w->used);
    if (done < w->used)
        return fail(w, w->written + whole_records(w, done));
    w->written += w->used;
    w->used = 0;
    return true;
}

/* A packet that is larger than the buffer; the buffer is empty. */
static COLD bool write_huge(struct writer *w, const struct packet *p)
{
    u8 header[PCAP_RECORD_LEN];

    pcap_write_record(header, p, w->nano);
    if (descriptor_write(w->fd, header, sizeof header) < sizeof header ||
        descriptor_write(w->fd, p->data, p->caplen) < p->caplen)
        return fail(w, w->written);
    w->written += PCAP_RECORD_LEN + (u64)p->caplen;
    w->packets++;
    return true;
}

bool writer_packet(struct writer *w, const struct packet *p)
{
    size_t need = PCAP_RECORD_LEN + (size_t)p->caplen;

    if (unlikely(need > WRITER_BUFFER - w->used)) {
        if (!writer_flush(w))
            return false;
        if (need > WRITER_BUFFER)
            return write_huge(w, p);
    }
    u8 *to = w->buffer + w->used;
    pcap_write_record(to, p, w->nano);
    memcpy(to + PCAP_RECORD_LEN, p->data, p->caplen);
    w->used += need;
    w->packets++;
    return w->error == 0;
}

bool writer_close(struct writer *w)
{
    bool whole = writer_flush(w);

    if (w->fd != STDOUT_FILENO && close(w->fd) < 0 && whole) {
        w->error = errno;
        whole = false;
    }
    w->fd = -1;
    return whole;
}
