/* Output files. */
#include "cli/write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/descriptor.h"
#include "pcapfile/savefile.h"

/* Pieces of at least this many bytes are not copied into the buffer first. */
enum { WRITER_DIRECT = 32 * 1024 };

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

/* How long the records are of which all bytes are among the first `n` at `bytes`. */
static size_t whole_records(const u8 *bytes, size_t n)
{
    size_t at = 0;

    for (;;) {
        u32 fields[4];
        if (n - at < PCAP_RECORD_LEN)
            return at;
        memcpy(fields, bytes + at, sizeof fields);
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

/* Hands over `n` bytes that begin with a record, or with the file's header. */
static bool put(struct writer *w, const u8 *bytes, size_t n)
{
    size_t done = descriptor_write(w->fd, bytes, n);

    if (unlikely(done < n)) {
        size_t header = w->written == 0 ? PCAP_HEADER_LEN : 0;
        size_t whole = done < header ? 0 : header + whole_records(bytes + header, done - header);
        return fail(w, w->written + whole);
    }
    w->written += n;
    return true;
}

bool writer_flush(struct writer *w)
{
    if (w->error != 0 || !put(w, w->buffer, w->used))
        return false;
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

static bool write_packet(struct writer *w, const struct packet *p)
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

/* Records that stand side by side: collected when they are few, else written from where they are.
 */
static bool write_records(struct writer *w, struct str records, u32 count)
{
    if (w->used + records.len > WRITER_BUFFER && !writer_flush(w))
        return false;
    if (w->error != 0)
        return false;
    w->packets += count;
    if (records.len >= WRITER_DIRECT)
        return writer_flush(w) && put(w, (const u8 *)records.p, records.len);
    memcpy(w->buffer + w->used, records.p, records.len);
    w->used += records.len;
    return true;
}

bool writer_packets(struct writer *w, const struct packet *batch, u32 n)
{
    for (u32 i = 0; i < n;) {
        struct str records;
        u32 count = w->copies ? savefile_run(batch + i, n - i, &records) : 0;
        if (!(count > 0 ? write_records(w, records, count) : write_packet(w, &batch[i])))
            return false;
        i += count > 0 ? count : 1;
    }
    return true;
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
