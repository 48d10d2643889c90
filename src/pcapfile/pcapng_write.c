/*
 * Encoding pcapng blocks.
 *
 * Each function walks through its block once with a cursor that counts always and stores only while
 * there is room; so measuring and writing are the same code.
 */
#include "pcapfile/pcapng_write.h"

#include "base/mem.h"

struct cursor {
    u8 *to;
    size_t at, room;
};

static void put(struct cursor *c, const void *bytes, size_t n)
{
    if (n > 0 && c->at <= c->room && n <= c->room - c->at)
        memcpy(c->to + c->at, bytes, n);
    c->at += n;
}

static void put16(struct cursor *c, u16 value) { put(c, &value, sizeof value); }
static void put32(struct cursor *c, u32 value) { put(c, &value, sizeof value); }

/* Fills up to a multiple of four what began `len` bytes ago. */
static void pad(struct cursor *c, size_t len)
{
    static const u8 zero[4] = { 0 };
    put(c, zero, -len & 3);
}

/* A time in the units of `nano`, as two words, the higher first whatever the byte order. */
static void put_time(struct cursor *c, i64 ns, bool nano)
{
    u64 since_1970 = ns > 0 ? (u64)ns : 0;
    u64 ticks = nano ? since_1970 : since_1970 / 1000;

    put32(c, (u32)(ticks >> 32));
    put32(c, (u32)ticks);
}

static void put_option(struct cursor *c, u16 code, const void *value, size_t len)
{
    put16(c, code);
    put16(c, (u16)len);
    put(c, value, len);
    pad(c, len);
}

/* A text, cut to what an option can hold; an empty one is left out. */
static void put_text(struct cursor *c, u16 code, struct str text)
{
    if (text.len > 0)
        put_option(c, code, text.p, text.len < UINT16_MAX ? text.len : UINT16_MAX);
}

static void put_counter(struct cursor *c, u16 code, u64 value)
{
    if (value != PCAPNG_UNKNOWN)
        put_option(c, code, &value, sizeof value);
}

static void put_time_option(struct cursor *c, u16 code, i64 ns, bool nano)
{
    put16(c, code);
    put16(c, 8);
    put_time(c, ns, nano);
}

/* The length stays open until the end is known. */
static struct cursor begin_block(u8 *to, size_t room, u32 type)
{
    struct cursor c = { to, 0, room };
    put32(&c, type);
    put32(&c, 0);
    return c;
}

/* Ends a list of options, if there is one. */
static void end_options(struct cursor *c, size_t began)
{
    if (c->at > began)
        put_option(c, OPTION_END, NULL, 0);
}

static size_t end_block(struct cursor *c)
{
    u32 len = (u32)(c->at + PCAPNG_BLOCK_TRAILER);

    put32(c, len);
    if (c->at <= c->room)
        memcpy(c->to + 4, &len, sizeof len);
    return c->at;
}

size_t pcapng_write_section(u8 *to, size_t room, const struct pcapng_section *s)
{
    struct cursor c = begin_block(to, room, BLOCK_SECTION);

    put32(&c, PCAPNG_BYTE_ORDER_MAGIC);
    put16(&c, 1);
    put16(&c, 0);
    put32(&c, UINT32_MAX); /* section length -1: unknown */
    put32(&c, UINT32_MAX);
    size_t options = c.at;
    put_text(&c, OPTION_COMMENT, s->comment);
    put_text(&c, SHB_HARDWARE, s->hardware);
    put_text(&c, SHB_OS, s->os);
    put_text(&c, SHB_APPLICATION, s->application);
    end_options(&c, options);
    return end_block(&c);
}

/* The filter option begins with a byte that says in which form the filter is given; 0 is text. */
static void put_filter(struct cursor *c, struct str filter)
{
    static const u8 as_text = 0;
    size_t len = filter.len < UINT16_MAX ? filter.len : UINT16_MAX - 1;

    if (filter.len == 0)
        return;
    put16(c, IF_FILTER);
    put16(c, (u16)(len + 1));
    put(c, &as_text, 1);
    put(c, filter.p, len);
    pad(c, len + 1);
}

size_t pcapng_write_interface(u8 *to, size_t room, const struct pcapng_interface *i)
{
    enum { MICRO = 6, NANO = 9 };
    struct cursor c = begin_block(to, room, BLOCK_INTERFACE);

    put16(&c, i->linktype);
    put16(&c, 0);
    put32(&c, i->snaplen);
    put_text(&c, IF_NAME, i->name);
    put_text(&c, IF_DESCRIPTION, i->description);
    put_filter(&c, i->filter);
    put_text(&c, IF_OS, i->os);
    put_text(&c, IF_HARDWARE, i->hardware);
    u8 resolution = i->nano ? NANO : MICRO;
    put_option(&c, IF_TSRESOL, &resolution, 1);
    if (i->fcs_known)
        put_option(&c, IF_FCSLEN, &i->fcs_bits, 1);
    put_option(&c, OPTION_END, NULL, 0);
    return end_block(&c);
}

size_t pcapng_write_statistics(u8 *to, size_t room, const struct pcapng_statistics *s)
{
    struct cursor c = begin_block(to, room, BLOCK_STATISTICS);

    put32(&c, s->interface);
    put_time(&c, s->ts_ns, s->nano);
    put_time_option(&c, ISB_STARTTIME, s->start_ns, s->nano);
    put_time_option(&c, ISB_ENDTIME, s->end_ns, s->nano);
    put_counter(&c, ISB_IFRECV, s->received);
    put_counter(&c, ISB_IFDROP, s->dropped_by_interface);
    put_counter(&c, ISB_FILTERACCEPT, s->accepted);
    put_counter(&c, ISB_OSDROP, s->dropped_by_os);
    put_counter(&c, ISB_USRDELIV, s->delivered);
    put_option(&c, OPTION_END, NULL, 0);
    return end_block(&c);
}

/* The record type for an address length; NAME_END for one that the format does not have. */
static u16 name_record(u32 address_len)
{
    switch (address_len) {
    case 4:
        return NAME_IP4;
    case 6:
        return NAME_EUI48;
    case 8:
        return NAME_EUI64;
    case 16:
        return NAME_IP6;
    default:
        return NAME_END;
    }
}

size_t pcapng_write_names(u8 *to, size_t room, const struct pcapng_name *names, u32 count)
{
    static const u8 terminator = 0;
    struct cursor c = begin_block(to, room, BLOCK_NAMES);

    for (u32 i = 0; i < count; i++) {
        const struct pcapng_name *n = &names[i];
        u32 name_max = UINT16_MAX - n->address_len - 1;
        u32 len = n->name.len < name_max ? (u32)n->name.len : name_max;
        if (name_record(n->address_len) == NAME_END)
            continue;
        put16(&c, name_record(n->address_len));
        put16(&c, (u16)(n->address_len + len + 1));
        put(&c, n->address, n->address_len);
        put(&c, n->name.p, len);
        put(&c, &terminator, 1);
        pad(&c, n->address_len + len + 1);
    }
    put_option(&c, NAME_END, NULL, 0);
    return end_block(&c);
}

void pcapng_write_head(u8 *to, const struct packet *p, bool nano, size_t tail_len)
{
    struct cursor c = begin_block(to, PCAPNG_HEAD_LEN, BLOCK_PACKET);
    u32 len = (u32)(PCAPNG_HEAD_LEN + p->caplen + tail_len);

    memcpy(to + 4, &len, sizeof len);
    put32(&c, p->interface);
    put_time(&c, p->ts_ns, nano);
    put32(&c, p->caplen);
    put32(&c, p->len);
}

/* Padding and options, that is all between the data and the trailing length. */
static void put_packet_options(struct cursor *c, const struct packet *p, const struct pcapng_extra *extra)
{
    pad(c, p->caplen);
    size_t began = c->at;
    put_text(c, OPTION_COMMENT, p->comment);
    if (extra != NULL)
        put_text(c, OPTION_COMMENT, extra->comment);
    if (p->direction != PACKET_DIRECTION_UNKNOWN) {
        u32 flags = p->direction == PACKET_IN ? EPB_INBOUND : EPB_OUTBOUND;
        put_option(c, EPB_FLAGS, &flags, sizeof flags);
    }
    if (extra != NULL && extra->drops > 0)
        put_option(c, EPB_DROPCOUNT, &extra->drops, sizeof extra->drops);
    end_options(c, began);
}

size_t pcapng_write_tail(u8 *to, size_t room, const struct packet *p, const struct pcapng_extra *extra)
{
    struct cursor c = { to, 0, room };

    put_packet_options(&c, p, extra);
    put32(&c, (u32)(PCAPNG_HEAD_LEN + p->caplen + c.at + PCAPNG_BLOCK_TRAILER));
    return c.at;
}

size_t pcapng_write_packet(u8 *to, size_t room, const struct packet *p, bool nano,
                           const struct pcapng_extra *extra)
{
    size_t before_tail = PCAPNG_HEAD_LEN + p->caplen;
    bool fits = before_tail <= room;
    size_t tail = pcapng_write_tail(fits ? to + before_tail : NULL, fits ? room - before_tail : 0, p, extra);

    if (before_tail + tail <= room) {
        pcapng_write_head(to, p, nano, tail);
        mem_copy_packet(to + PCAPNG_HEAD_LEN, p->data, p->caplen);
    }
    return before_tail + tail;
}
