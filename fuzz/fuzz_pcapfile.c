/*
 * Any bytes as a savefile.
 *
 * Every packet, block, name and option is read to its last byte.  The file is read as fast as
 * possible, then in small pieces and batches, then where it lies, and must tell the same each time,
 * within the memory that pcapfile/savefile.h allows.  What was read, written as pcapng, is read
 * again as it was.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/time.h"
#include "memory.h"
#include "pcapfile/pcapng.h"
#include "pcapfile/pcapng_write.h"
#include "pcapfile/savefile.h"

enum { BATCH = 64, OPTIONS = 16, SLOW_MAX = 1 << 16, FACES_MAX = 8 };

/* What is left of the input, how it is given, and what was seen of it. */
struct reading {
    struct rest rest, whole;
    size_t chunk;
    u8 *shown;                /* what show_piece() gave last, alone in its block of memory */
    size_t memory, delivered; /* bytes taken now; bytes that came out of the stream */
    u64 seen;                 /* a hash over everything that was told, in order */
};

static void look_at(struct reading *r, const void *bytes, size_t n)
{
    r->seen = hash_bytes(bytes != NULL ? bytes : "", n, r->seen);
}

static void look_at_text(struct reading *r, struct str s)
{
    look_at(r, s.p, s.len);
}

static i64 read_piece(void *from, void *to, size_t n)
{
    struct reading *r = from;
    i64 got = rest_read(&r->rest, to, n < r->chunk ? n : r->chunk);
    r->delivered += (size_t)got;
    return got;
}

static i64 show_piece(void *from, u64 offset, size_t n, const u8 **bytes)
{
    struct reading *r = from;
    size_t left = offset < r->whole.n ? r->whole.n - (size_t)offset : 0;
    size_t shown = n > r->chunk ? n : r->chunk;

    if (shown > left)
        shown = left;
    free(r->shown);
    *bytes = r->shown = malloc(shown > 0 ? shown : 1);
    if (shown > 0)
        memcpy(r->shown, r->whole.at + offset, shown);
    return (i64)shown;
}

/*
 * The buffer may grow to twice what was delivered, which behind the decompressor is at most 1032
 * times the input; interfaces and their texts are bounded by the file.
 */
static void *resize(void *context, void *old, size_t old_bytes, size_t new_bytes)
{
    struct reading *r = context;
    r->memory += new_bytes - old_bytes;
    must(r->memory <= SAVEFILE_BUFFER + sizeof(struct gunzip) + 1000 + r->delivered * 16 * 1032);
    return heap_resize_sized(NULL, old, old_bytes, new_bytes);
}

static void see_block(void *context, const struct savefile *f, const struct savefile_block *block)
{
    struct reading *r = context;
    look_at(r, block->bytes, block->len);
    for (u16 code = 0; code < OPTIONS; code++)
        look_at_text(r, savefile_section_option(f, code, 0));
}

static void see_name(void *context, const u8 *address, u32 len, struct str name)
{
    struct reading *r = context;
    look_at(r, address, len);
    look_at_text(r, name);
}

static void see_packet(struct reading *r, const struct savefile *f, const struct packet *p)
{
    const i64 numbers[] = { p->ts_ns, p->carried_s, p->caplen, p->len, p->linktype, p->direction };

    look_at(r, numbers, sizeof numbers);
    look_at(r, p->data, p->caplen);
    look_at_text(r, p->comment);
    look_at_text(r, p->record);
    for (u16 code = 0; code < OPTIONS; code++) {
        look_at_text(r, savefile_packet_option(f, p, code, 0));
        look_at_text(r, savefile_interface_option(f, p->interface, code, 0));
    }
}

static u64 read_all(const u8 *data, size_t size, size_t chunk, int max, bool shows)
{
    struct reading r = { .rest = { data, size }, .whole = { data, size }, .chunk = chunk };
    const struct savefile_setup setup = {
        .in = { .read = read_piece, .show = shows ? show_piece : NULL, .from = &r },
        .memory = { resize, &r },
        .context = &r,
        .block = see_block,
        .name = see_name,
    };
    struct savefile f;
    struct packet batch[BATCH];
    int n;

    if (savefile_open(&f, &setup)) {
        while ((n = savefile_next(&f, batch, max)) > 0)
            for (int i = 0; i < n; i++)
                see_packet(&r, &f, &batch[i]);
        must((n < 0) == (f.error[0] != '\0'));
        look_at_text(&r, savefile_preamble(&f));
    } else {
        must(f.error[0] != '\0');
    }
    look_at(&r, f.error, strlen(f.error));
    savefile_close(&f);
    free(r.shown);
    must(r.memory == 0);
    return r.seen;
}

/* -- round trip */

struct written {
    u8 *bytes;
    size_t size;
};

/* Room for one more block. */
static u8 *more(struct written *w, size_t room)
{
    w->bytes = realloc(w->bytes, w->size + room);
    return w->bytes + w->size;
}

/* A section of its own for each batch, as the interfaces may be others then. */
static void write_batch(struct written *w, const struct savefile *f, const struct packet *batch,
                        int n)
{
    const struct pcapng_section section = { .application = STR("fuzz") };
    size_t room = pcapng_write_section(NULL, 0, &section);
    w->size += pcapng_write_section(more(w, room), room, &section);
    for (u32 i = 0; i < f->interface_count; i++) {
        const u32 linktype = f->interfaces[i].linktype;
        const struct pcapng_interface face = { .linktype = linktype < UINT16_MAX ? (u16)linktype
                                                                                 : UINT16_MAX,
                                               .nano = true };
        room = pcapng_write_interface(NULL, 0, &face);
        w->size += pcapng_write_interface(more(w, room), room, &face);
    }
    for (int i = 0; i < n; i++) {
        room = pcapng_write_packet(NULL, 0, &batch[i], true, NULL);
        w->size += pcapng_write_packet(more(w, room), room, &batch[i], true, NULL);
    }
}

/* What pcapng can say of a packet. */
static u64 hash_packet(const struct packet *p, u64 seen)
{
    const i64 numbers[] = {
        p->ts_ns < 0 ? 0 : p->ts_ns, p->caplen, p->len, p->linktype, p->direction, p->interface
    };

    seen = hash_bytes(numbers, sizeof numbers, seen);
    seen = hash_bytes(p->data, p->caplen, seen);
    return hash_bytes(p->comment.p != NULL ? p->comment.p : "", p->comment.len, seen);
}

/* Reads all packets; `w` may be NULL, else they are written there. */
static bool hash_packets(const u8 *data, size_t size, struct written *w, u64 *seen)
{
    struct rest rest = { data, size };
    const struct savefile_setup setup = { .in = { .read = rest_read, .from = &rest },
                                          .memory = { heap_resize_sized, NULL } };
    struct savefile f;
    struct packet batch[BATCH];
    int n = -1;

    *seen = 0;
    if (savefile_open(&f, &setup)) {
        while ((n = savefile_next(&f, batch, BATCH)) > 0 && f.interface_count <= FACES_MAX) {
            for (int i = 0; i < n; i++)
                *seen = hash_packet(&batch[i], *seen);
            if (w != NULL)
                write_batch(w, &f, batch, n);
        }
    }
    savefile_close(&f);
    return n == 0;
}

static void round_trip(const u8 *data, size_t size)
{
    struct written w = { NULL, 0 };
    u64 is, again;

    hash_packets(data, size, &w, &is);
    if (w.size > 0)
        must(hash_packets(w.bytes, w.size, NULL, &again) && again == is);
    free(w.bytes);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
    u64 fast = read_all(data, size, SIZE_MAX, BATCH, false);
    if (size <= SLOW_MAX) {
        must(read_all(data, size, 1 + size % 7, 1, false) == fast);
        round_trip(data, size);
    }
    must(read_all(data, size, 100 + size % 4000, BATCH, true) == fast);
    return 0;
}
