/*
 * Reading pcapng: sections, interfaces, packets; everything else is shown to a callback and skipped.
 *
 * A batch of packets must not be disturbed by what follows it.  So a block that is no packet, and a
 * block with an error, is only looked at when the batch is empty: with packets at hand, these are
 * returned, and the block is met again by the next call.
 */
#include "pcapfile/pcapng_private.h"

#include "base/time.h"

/* Offsets within packet blocks. */
enum {
    PACKET_INTERFACE = 8, /* of the obsolete block only 16 bits of it, the others count drops */
    PACKET_TIME_HIGH = 12,
    PACKET_TIME_LOW = 16,
    PACKET_CAPLEN = 20,
    PACKET_LEN = 24,
    PACKET_DATA = BODY + PACKET_FIXED,
};
enum { SIMPLE_LEN = 8, SIMPLE_DATA = BODY + SIMPLE_FIXED };

/* The file's first block, whose byte order is not yet sure, must be smaller than others. */
enum { FIRST_SECTION_MAX = 1024 * 1024 };

bool pcapng_recognises(u32 magic) { return magic == BLOCK_SECTION; }

static void show_block(struct savefile *f, u32 type, const u8 *bytes, u32 len)
{
    struct savefile_block block = { type, bytes, len, f->swapped };
    if (f->setup.block != NULL)
        f->setup.block(f->setup.context, f, &block);
}

static bool is_packet(u32 type)
{
    return type == BLOCK_PACKET || type == BLOCK_PACKET_SIMPLE || type == BLOCK_PACKET_OBSOLETE;
}

/* A whole block that holds no packet. */
static bool read_other_block(struct savefile *f, u32 type, const u8 *block, u32 len)
{
    if (type == BLOCK_SECTION && !pcapng_read_section(f, block, len))
        return false;
    if (type == BLOCK_INTERFACE && !pcapng_read_interface(f, block, len))
        return false;
    if (type == BLOCK_NAMES && f->setup.name != NULL)
        pcapng_read_names(f, block, len);
    show_block(f, type, block, len);
    return true;
}

/*
 * The total length of the block at the window's start, of which at least eight bytes are there.  A
 * section header is in its own byte order, not in that of the section before.
 */
static u32 block_length(const struct savefile *f, const u8 *at, size_t has)
{
    u32 len = file_u32(f, at + TOTAL_LEN);

    if (file_u32(f, at + TYPE) == BLOCK_SECTION && has >= SECTION_ORDER + 4
        && file_u32(f, at + SECTION_ORDER) == __builtin_bswap32(PCAPNG_BYTE_ORDER_MAGIC))
        len = __builtin_bswap32(len);
    return len;
}

static u32 block_max(const struct savefile *f)
{
    return f->caplen_max > BLOCK_MAX ? f->caplen_max : BLOCK_MAX;
}

/*
 * Reads on until a whole sound block is in the buffer, and stores its length.  False at the end of the
 * file and on failure, which it records.
 */
static bool wait_for_block(struct savefile *f, u32 *len)
{
    struct reader *r = &f->reader;

    if (!reader_need(r, PCAPNG_BLOCK_HEADER)) {
        if (!savefile_at_end(f))
            savefile_fail_short(f, "bytes", PCAPNG_BLOCK_HEADER, reader_has(r));
        return false;
    }
    if (file_u32(f, r->at + TYPE) == BLOCK_SECTION)
        reader_need(r, SECTION_ORDER + 4);
    *len = block_length(f, r->at, reader_has(r));
    if (*len < PCAPNG_BLOCK_MIN)
        return savefile_fail(f, "block in pcapng dump file has a length of %u < %u", *len,
                             (u32)PCAPNG_BLOCK_MIN);
    if (*len % 4 != 0)
        return savefile_fail(f, "block in pcapng dump file has a length of %u that is not a multiple of 4",
                             *len);
    if (*len > block_max(f))
        return savefile_fail(f, "pcapng block size %u > maximum %u", *len, block_max(f));
    if (!reader_need(r, *len))
        return savefile_fail_short(f, "bytes", *len - PCAPNG_BLOCK_HEADER,
                                   reader_has(r) - PCAPNG_BLOCK_HEADER);
    if (memcmp(r->at + TOTAL_LEN, r->at + *len - PCAPNG_BLOCK_TRAILER, 4) != 0)
        return savefile_fail(f, "block total length in header and trailer don't match");
    return true;
}

/* The first section header, whose errors are worded differently from those of later ones. */
static bool read_first_section(struct savefile *f)
{
    struct reader *r = &f->reader;

    if (!reader_need(r, SECTION_ORDER + 4) || !pcapng_read_order(f, r->at)) {
        if (r->failure != 0 || r->starved)
            return savefile_fail_short(f, "bytes", SECTION_ORDER + 4, reader_has(r));
        return savefile_fail(f, "unknown file format");
    }
    u32 len = file_u32(f, r->at + TOTAL_LEN);
    if (len < SECTION_MIN || len > FIRST_SECTION_MAX)
        return savefile_fail(f, "Section Header Block in pcapng dump file has invalid length "
                             "%u < _%u_ < %u (BT_SHB_INSANE_MAX)",
                             (u32)SECTION_MIN, len, (u32)FIRST_SECTION_MAX);
    if (!reader_need(r, len))
        return savefile_fail_short(f, "bytes", len - SECTION_MAJOR, reader_has(r) - SECTION_MAJOR);
    u32 major = file_u16(f, r->at + SECTION_MAJOR), minor = file_u16(f, r->at + SECTION_MINOR);
    if (major != 1 || (minor != 0 && minor != 2))
        return savefile_fail(f, "unsupported pcapng savefile version %u.%u", major, minor);
    if (!pcapng_begin_section(f, r->at, len))
        return false;
    show_block(f, BLOCK_SECTION, f->preamble, f->preamble_len);
    reader_take(r, len);
    return true;
}

bool pcapng_read_header(struct savefile *f)
{
    struct reader *r = &f->reader;
    u32 len;

    f->format = SAVEFILE_PCAPNG;
    if (!read_first_section(f))
        return false;
    while (f->interface_count == 0) {
        if (!wait_for_block(f, &len)) {
            if (!f->done)
                savefile_fail(f, "the capture file has no Interface Description Blocks");
            return false;
        }
        u32 type = file_u32(f, r->at + TYPE);
        if (is_packet(type))
            return savefile_fail(f, "the capture file has a packet block before any "
                                 "Interface Description Blocks");
        if (!read_other_block(f, type, r->at, len))
            return false;
        reader_take(r, len);
    }
    f->linktype = f->interfaces[0].linktype;
    f->snaplen = f->interfaces[0].snaplen;
    return true;
}

/* `rest` < 2^exponent units of 2^-exponent seconds, in nanoseconds rounded down. */
static u64 binary_fraction(u64 rest, u32 exponent)
{
    if (exponent <= 32)
        return rest * NS_PER_SECOND >> exponent;
    u64 high = (rest >> 32) * NS_PER_SECOND, low = (rest & UINT32_MAX) * NS_PER_SECOND;
    return (high + (low >> 32)) >> (exponent - 32);
}

/* Nanoseconds since 1970 by a clock without offset, or PACKET_TIME_BEYOND. */
static i64 ticks_ns(const struct savefile_clock *clock, u64 ticks)
{
    u64 ns;

    if (clock->binary) {
        u64 seconds = ticks >> clock->exponent, rest = ticks & (clock->units - 1);
        if (seconds > PACKET_TIME_BEYOND / NS_PER_SECOND)
            return PACKET_TIME_BEYOND;
        ns = seconds * NS_PER_SECOND + binary_fraction(rest, clock->exponent);
    } else if (clock->units <= NS_PER_SECOND) {
        u64 each = NS_PER_SECOND / clock->units;
        if (ticks > PACKET_TIME_BEYOND / each)
            return PACKET_TIME_BEYOND;
        ns = ticks * each;
    } else {
        ns = ticks / (clock->units / NS_PER_SECOND);
    }
    return ns < PACKET_TIME_BEYOND ? (i64)ns : PACKET_TIME_BEYOND;
}

static i64 clock_ns(const struct savefile_clock *clock, u64 ticks)
{
    i64 ns = ticks_ns(clock, ticks);

    if (likely(clock->offset_s == 0) || ns == PACKET_TIME_BEYOND)
        return ns;
    i64 offset;
    if (__builtin_mul_overflow(clock->offset_s, (i64)NS_PER_SECOND, &offset)
        || __builtin_add_overflow(ns, offset, &ns))
        return PACKET_TIME_BEYOND;
    return ns;
}

/* Comment and direction, from the options of an enhanced or obsolete packet block. */
static COLD void read_packet_options(const struct savefile *f, struct packet *p, const u8 *at, u32 len)
{
    p->comment = pcapng_find_option(f, at, len, OPTION_COMMENT, 0);
    struct str flags = pcapng_find_option(f, at, len, EPB_FLAGS, 0);
    if (flags.len != 4)
        return;
    u32 direction = file_u32(f, flags.p) & EPB_FLAGS_DIRECTION;
    if (direction == EPB_INBOUND)
        p->direction = PACKET_IN;
    else if (direction == EPB_OUTBOUND)
        p->direction = PACKET_OUT;
}

/* What can be wrong with a packet; the words are found when it is known to be the next to report. */
enum fault { SOUND, FAULT_SHORT, FAULT_INTERFACE, FAULT_CAPLEN };

static const struct savefile_interface *interface_of(const struct savefile *f, u32 index)
{
    return likely(index < f->interface_count) ? &f->interfaces[index] : NULL;
}

static void set_link(struct packet *p, const struct savefile_interface *i)
{
    p->linktype = i->linktype <= UINT16_MAX ? (u16)i->linktype : UINT16_MAX;
}

/* An enhanced or obsolete packet block: the same layout but for the interface's width. */
static enum fault read_packet(const struct savefile *f, struct packet *p, u32 type, const u8 *block,
                              u32 len)
{
    if (unlikely(len < PACKET_DATA + PCAPNG_BLOCK_TRAILER))
        return FAULT_SHORT;
    p->interface = likely(type == BLOCK_PACKET) ? file_u32(f, block + PACKET_INTERFACE)
                                                : file_u16(f, block + PACKET_INTERFACE);
    p->caplen = file_u32(f, block + PACKET_CAPLEN);
    const struct savefile_interface *i = interface_of(f, p->interface);
    if (unlikely(i == NULL))
        return FAULT_INTERFACE;
    if (unlikely(p->caplen > i->snaplen))
        return FAULT_CAPLEN;
    u32 room = len - PACKET_DATA - PCAPNG_BLOCK_TRAILER;
    if (unlikely(p->caplen > room))
        return FAULT_SHORT;
    p->len = file_u32(f, block + PACKET_LEN);
    p->data = block + PACKET_DATA;
    p->ts_ns = clock_ns(&i->clock, (u64)file_u32(f, block + PACKET_TIME_HIGH) << 32
                        | file_u32(f, block + PACKET_TIME_LOW));
    set_link(p, i);
    u32 used = padded(p->caplen); /* room is a multiple of 4, so used <= room */
    if (unlikely(used + OPTION_HEADER < room))
        read_packet_options(f, p, p->data + used, room - used);
    return SOUND;
}

/* A simple packet block: of the first interface, without a time, cut at the snapshot length. */
static enum fault read_simple_packet(const struct savefile *f, struct packet *p, const u8 *block, u32 len)
{
    if (len < SIMPLE_DATA + PCAPNG_BLOCK_TRAILER)
        return FAULT_SHORT;
    const struct savefile_interface *i = interface_of(f, 0);
    if (i == NULL)
        return FAULT_INTERFACE;
    p->len = file_u32(f, block + SIMPLE_LEN);
    p->caplen = p->len < i->snaplen ? p->len : i->snaplen;
    if (p->caplen > len - SIMPLE_DATA - PCAPNG_BLOCK_TRAILER)
        return FAULT_SHORT;
    p->data = block + SIMPLE_DATA;
    set_link(p, i);
    return SOUND;
}

/* The packet of a whole block into `p`. */
static enum fault read_packet_block(const struct savefile *f, struct packet *p, u32 type,
                                    const u8 *block, u32 len)
{
    *p = (struct packet){ .record = { (const char *)block, len } };
    return likely(type != BLOCK_PACKET_SIMPLE) ? read_packet(f, p, type, block, len)
                                               : read_simple_packet(f, p, block, len);
}

static void report(struct savefile *f, enum fault fault, const struct packet *p, u32 type)
{
    switch (fault) {
    case SOUND:
        break;
    case FAULT_SHORT:
        pcapng_too_short(f, type);
        break;
    case FAULT_INTERFACE:
        savefile_fail(f, "a packet arrived on interface %u, but there's no Interface Description Block "
                      "for that interface", p->interface);
        break;
    case FAULT_CAPLEN:
        savefile_fail(f, "invalid packet capture length %u, bigger than snaplen of %u", p->caplen,
                      f->interfaces[p->interface].snaplen);
        break;
    }
}

/*
 * Packet blocks that are in the buffer already, up to the first block that is not whole, not sound or
 * no packet.
 */
int pcapng_read_buffered(struct savefile *f, struct packet *batch, int max)
{
    struct reader *r = &f->reader;
    const u8 *at = r->at, *end = r->end;
    u32 before = 0;
    int n = 0;

    while (n < max && end - at >= PCAPNG_BLOCK_MIN) {
        u32 type = file_u32(f, at + TYPE), len = file_u32(f, at + TOTAL_LEN);
        if (unlikely(!is_packet(type) || len < PCAPNG_BLOCK_MIN || len % 4 != 0
                     || len > (size_t)(end - at)
                     || memcmp(at + TOTAL_LEN, at + len - PCAPNG_BLOCK_TRAILER, 4) != 0))
            break;
        if (unlikely(read_packet_block(f, &batch[n], type, at, len) != SOUND))
            break;
        reader_expect(r, at, len, before);
        at += len;
        before = len;
        n++;
    }
    r->at = at;
    return n;
}

int pcapng_read_packets(struct savefile *f, struct packet *batch, int max)
{
    struct reader *r = &f->reader;
    u32 len;

    while (wait_for_block(f, &len)) {
        u32 type = file_u32(f, r->at + TYPE);
        if (is_packet(type)) {
            int n = pcapng_read_buffered(f, batch, max);
            if (n == 0)
                report(f, read_packet_block(f, &batch[0], type, r->at, len), &batch[0], type);
            return n;
        }
        if (!read_other_block(f, type, r->at, len))
            return 0;
        reader_take(r, len);
    }
    return 0;
}

struct str savefile_packet_option(const struct savefile *f, const struct packet *p, u16 code, u32 nth)
{
    const u8 *block = (const u8 *)p->record.p;

    if (f->format != SAVEFILE_PCAPNG || p->record.len < PACKET_DATA + PCAPNG_BLOCK_TRAILER
        || file_u32(f, block + TYPE) == BLOCK_PACKET_SIMPLE)
        return STR_EMPTY;
    u32 used = PACKET_DATA + padded(file_u32(f, block + PACKET_CAPLEN));
    return pcapng_find_option(f, block + used,
                              (u32)p->record.len - PCAPNG_BLOCK_TRAILER - used, code, nth);
}
