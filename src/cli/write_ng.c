/* pcapng files. */
#include "cli/write_ng.h"

#include "base/bytes.h"

bool ng_output_exists(void) { return true; }

/* -- blocks as bytes --------------------------------------------------------------------------- */

static u32 swap32(u32 v)
{
    return v >> 24 | (v >> 8 & 0xff00) | (v << 8 & 0xff0000) | v << 24;
}

static u32 load32(const u8 *p)
{
    u32 v;

    memcpy(&v, p, sizeof v);
    return v;
}

/* Whether a whole block of `length` bytes lies at `p`: its length stands at both ends. */
static bool is_block(const u8 *p, size_t n, u32 length, u32 as_stored)
{
    return length >= PCAPNG_BLOCK_MIN && length % 4 == 0 && length <= n &&
           load32(p + length - PCAPNG_BLOCK_TRAILER) == as_stored;
}

/* Sections may be in either byte order, and a file may have both. */
size_t ng_whole_records(const u8 *bytes, size_t n, bool first)
{
    size_t at = 0;

    (void)first;
    while (n - at >= PCAPNG_BLOCK_MIN) {
        u32 stored = load32(bytes + at + 4);
        if (is_block(bytes + at, n - at, stored, stored))
            at += stored;
        else if (is_block(bytes + at, n - at, swap32(stored), stored))
            at += swap32(stored);
        else
            break;
    }
    return at;
}

/* -- made -------------------------------------------------------------------------------------- */

/*
 * Each asks the encoder first how large the block is.  Only its texts can make it large, and of
 * those at most two come from the user: a block always fits the writer's buffer.
 */
static bool put_section(struct writer *w, const struct pcapng_section *s)
{
    size_t n = pcapng_write_section(NULL, 0, s);
    u8 *to = writer_room(w, n);

    if (to == NULL)
        return false;
    pcapng_write_section(to, n, s);
    writer_took(w, n);
    return true;
}

static bool put_interface(struct writer *w, const struct pcapng_interface *i)
{
    size_t n = pcapng_write_interface(NULL, 0, i);
    u8 *to = writer_room(w, n);

    if (to == NULL)
        return false;
    pcapng_write_interface(to, n, i);
    writer_took(w, n);
    return true;
}

bool ng_output_statistics(struct writer *w, const struct pcapng_statistics *s)
{
    size_t n = pcapng_write_statistics(NULL, 0, s);
    u8 *to = writer_room(w, n);

    if (to == NULL)
        return false;
    pcapng_write_statistics(to, n, s);
    writer_took(w, n);
    return true;
}

/* Bytes around a packet's data in its block, a comment not included: more than enough. */
enum { PACKET_ROOM = 128 };

/* A packet that the buffer cannot hold. */
static COLD bool put_huge(struct writer *w, const struct packet *p, bool nano, const u8 *tail,
                          size_t tail_len)
{
    u8 head[PCAPNG_HEAD_LEN];

    pcapng_write_head(head, p, nano, tail_len);
    const struct piece pieces[] = { { head, sizeof head },
                                    { p->data, p->caplen },
                                    { tail, tail_len } };
    return writer_put_pieces(w, pieces, countof(pieces));
}

/* All that the file has of a packet, on the interface that allows it. */
static struct packet whole_packet(const struct ng_output *o, const struct packet *p)
{
    struct packet whole = *p;

    if (p->beyond > 0 && o->unlimited != NULL) {
        whole.caplen += p->beyond;
        whole.beyond = 0;
        whole.interface = (u32)(o->unlimited - o->interfaces);
    }
    return whole;
}

static enum write_result put_packet(struct ng_output *o, struct writer *w, const struct packet *p);

/* A packet that is longer than its savefile says that packets are. */
static COLD enum write_result put_beyond(struct ng_output *o, struct writer *w,
                                         const struct packet *p)
{
    const struct packet whole = whole_packet(o, p);

    if (whole.interface >= o->interface_count) {
        if (!put_interface(w, o->unlimited))
            return WRITE_FAILED;
        o->interface_count = whole.interface + 1;
    }
    return put_packet(o, w, &whole);
}

static enum write_result put_packet(struct ng_output *o, struct writer *w, const struct packet *p)
{
    if (unlikely(p->beyond > 0) && o->unlimited != NULL)
        return put_beyond(o, w, p);
    if (p->interface >= o->interface_count)
        return WRITE_LINKTYPE;
    const struct pcapng_interface *i = &o->interfaces[p->interface];
    if (p->linktype != i->linktype)
        return WRITE_LINKTYPE;
    size_t room = PACKET_ROOM + p->caplen + p->comment.len;
    u8 *to = writer_room(w, room);
    if (likely(to != NULL)) {
        writer_took(w, pcapng_write_packet(to, room, p, i->nano, NULL));
        return WRITE_OK;
    }
    u8 tail[PACKET_ROOM];
    struct packet plain = *p;
    plain.comment = STR_EMPTY; /* packets of this size are live or from pcap, and have none */
    size_t tail_len = pcapng_write_tail(tail, sizeof tail, &plain, NULL);
    return put_huge(w, &plain, i->nano, tail, tail_len) ? WRITE_OK : WRITE_FAILED;
}

/* -- copied ------------------------------------------------------------------------------------ */

static void store32(u8 *to, u32 value, bool swapped)
{
    if (swapped)
        value = swap32(value);
    memcpy(to, &value, sizeof value);
}

static void store16(u8 *to, u16 value, bool swapped)
{
    if (swapped)
        value = (u16)(value >> 8 | value << 8);
    memcpy(to, &value, sizeof value);
}

/* A section header as it stands, with a comment of ours before its other options. */
static bool put_commented_section(struct writer *w, const u8 *block, size_t n, bool swapped,
                                  struct str comment)
{
    enum { OPTIONS = PCAPNG_BLOCK_HEADER + SECTION_FIXED };
    static const u8 padding[4], end[4];
    size_t text = comment.len < UINT16_MAX ? comment.len : UINT16_MAX;
    size_t pad = (4 - text % 4) % 4;
    bool bare = n == OPTIONS + PCAPNG_BLOCK_TRAILER;
    u32 total = (u32)(n + 4 + text + pad + (bare ? sizeof end : 0));
    u8 head[OPTIONS + 4], trailer[PCAPNG_BLOCK_TRAILER];

    if (n < OPTIONS + PCAPNG_BLOCK_TRAILER)
        return writer_put(w, block, n);
    memcpy(head, block, OPTIONS);
    store32(head + 4, total, swapped);
    store16(head + OPTIONS, OPTION_COMMENT, swapped);
    store16(head + OPTIONS + 2, (u16)text, swapped);
    store32(trailer, total, swapped);
    const struct piece pieces[] = {
        { head, sizeof head },
        { comment.p, text },
        { padding, pad },
        { block + OPTIONS, n - OPTIONS - PCAPNG_BLOCK_TRAILER },
        { end, bare ? sizeof end : 0 },
        { trailer, sizeof trailer },
    };
    return writer_put_pieces(w, pieces, countof(pieces));
}

static bool put_block(const struct ng_output *o, struct writer *w, const u8 *block, size_t n,
                      bool is_section, bool swapped)
{
    if (is_section && o->section.comment.len > 0)
        return put_commented_section(w, block, n, swapped, o->section.comment);
    return writer_put(w, block, n);
}

static bool begin_copied(const struct ng_output *o, struct writer *w)
{
    struct str preamble = savefile_preamble(o->copied);
    const u8 *bytes = (const u8 *)preamble.p;
    bool swapped = o->copied->swapped;

    if (preamble.len < PCAPNG_BLOCK_MIN)
        return true;
    u32 first = load32(bytes + 4);
    if (swapped)
        first = swap32(first);
    return put_block(o, w, bytes, first, true, swapped) &&
           writer_put(w, bytes + first, preamble.len - first);
}

bool ng_output_block(const struct ng_output *o, struct writer *w, const struct savefile_block *b)
{
    return put_block(o, w, b->bytes, b->len, b->type == BLOCK_SECTION, b->swapped);
}

/* -- both -------------------------------------------------------------------------------------- */

u64 ng_output_size(const struct ng_output *o, const struct packet *p)
{
    if (o->copied != NULL && p->record.len > 0)
        return p->record.len;
    const struct packet whole = whole_packet(o, p);
    u64 size = pcapng_write_packet(NULL, 0, &whole, true, NULL);
    return whole.interface < o->interface_count ? size
                                                : size + pcapng_write_interface(NULL, 0, o->unlimited);
}

bool ng_output_begin(const struct ng_output *o, struct writer *w)
{
    if (o->copied != NULL)
        return begin_copied(o, w);
    if (!put_section(w, &o->section))
        return false;
    for (u32 i = 0; i < o->interface_count; i++)
        if (!put_interface(w, &o->interfaces[i]))
            return false;
    return true;
}

enum write_result ng_output_packets(struct ng_output *o, struct writer *w,
                                    const struct packet *batch, u32 n, u32 *done)
{
    *done = 0;
    while (*done < n) {
        struct str records;
        u32 count = o->copied != NULL ? savefile_run(batch + *done, n - *done, &records) : 0;
        enum write_result result;
        if (count > 0)
            result = writer_put(w, records.p, records.len) ? WRITE_OK : WRITE_FAILED;
        else
            result = put_packet(o, w, &batch[*done]);
        if (unlikely(result != WRITE_OK))
            return result;
        *done += count > 0 ? count : 1;
    }
    return w->error == 0 ? WRITE_OK : WRITE_FAILED;
}
