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

bool writer_open(struct writer *w, const char *path, whole_records *whole)
{
    struct stat status;

    w->error = 0;
    w->written = w->used = 0;
    w->whole = whole;
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
    return true;
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

/* Hands over `n` bytes of whole records. */
static bool hand_over(struct writer *w, const u8 *bytes, size_t n)
{
    size_t done = descriptor_write(w->fd, bytes, n);

    if (unlikely(done < n))
        return fail(w, w->written + w->whole(bytes, done, w->written == 0));
    w->written += n;
    return true;
}

bool writer_flush(struct writer *w)
{
    if (w->error != 0 || !hand_over(w, w->buffer, w->used))
        return false;
    w->used = 0;
    return true;
}

u8 *writer_make_room(struct writer *w, size_t n)
{
    return n <= WRITER_BUFFER && writer_flush(w) ? w->buffer : NULL;
}

bool writer_put(struct writer *w, const void *bytes, size_t n)
{
    if (n >= WRITER_DIRECT)
        return writer_flush(w) && hand_over(w, bytes, n);
    u8 *to = writer_room(w, n);
    if (to == NULL)
        return false;
    mem_copy_packet(to, bytes, n);
    writer_took(w, n);
    return w->error == 0;
}

/* One record that is larger than the buffer. */
static COLD bool put_huge(struct writer *w, const struct piece *pieces, u32 count, size_t total)
{
    if (!writer_flush(w))
        return false;
    for (u32 i = 0; i < count; i++)
        if (descriptor_write(w->fd, pieces[i].bytes, pieces[i].n) < pieces[i].n)
            return fail(w, w->written);
    w->written += total;
    return true;
}

bool writer_put_pieces(struct writer *w, const struct piece *pieces, u32 count)
{
    size_t total = 0;

    for (u32 i = 0; i < count; i++)
        total += pieces[i].n;
    if (total > WRITER_BUFFER)
        return put_huge(w, pieces, count, total);
    u8 *to = writer_room(w, total);
    if (to == NULL)
        return false;
    for (u32 i = 0; i < count; to += pieces[i++].n)
        if (pieces[i].n > 0)
            memcpy(to, pieces[i].bytes, pieces[i].n);
    writer_took(w, total);
    return w->error == 0;
}

/* How many bytes of the first `done` are whole records. */
static COLD size_t whole_of(const struct iovec *records, u32 count, size_t done)
{
    size_t whole = 0;

    for (u32 i = 0; i < count && whole + records[i].iov_len <= done; i++)
        whole += records[i].iov_len;
    return whole;
}

bool writer_put_records(struct writer *w, const struct iovec *records, u32 count)
{
    struct iovec left[WRITER_RECORDS_MAX];
    size_t total = 0;

    if (!writer_flush(w))
        return false;
    for (u32 i = 0; i < count; i++) {
        left[i] = records[i];
        total += records[i].iov_len;
    }
    size_t done = descriptor_writev(w->fd, left, count);
    if (unlikely(done < total))
        return fail(w, w->written + whole_of(records, count, done));
    w->written += total;
    return true;
}

void writer_discard(struct writer *w)
{
    if (!w->regular)
        return;
    w->used = 0;
    if (ftruncate(w->fd, 0) == 0)
        w->written = 0;
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
