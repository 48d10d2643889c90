/*
 * What pcapng says about the capture itself: sections, interfaces, names; and how options are read.
 *
 * The raw blocks of the current section's header and interfaces are kept, so that any of their options
 * can be asked for later and a copy of the file can begin with them.
 */
#include "pcapfile/pcap.h"
#include "pcapfile/pcapng_private.h"

#include "base/check.h"
#include "base/linktype.h"

enum { INTERFACE_LINKTYPE = 8, INTERFACE_SNAPLEN = 12, INTERFACE_OPTIONS = BODY + INTERFACE_FIXED };
/* One option of a list. */
struct option {
    u16 code, len;
    const u8 *value;
};

/* Cuts the first option off.  False at the end of the list; `*damaged` when it is cut short. */
static bool next_option(const struct savefile *f, const u8 **at, u32 *left, struct option *o,
                        bool *damaged)
{
    if (*left < OPTION_HEADER) {
        *damaged = *left > 0;
        return false;
    }
    o->code = file_u16(f, *at);
    o->len = file_u16(f, *at + 2);
    o->value = *at + OPTION_HEADER;
    if (padded(o->len) > *left - OPTION_HEADER) {
        *damaged = true;
        return false;
    }
    *at += OPTION_HEADER + padded(o->len);
    *left -= OPTION_HEADER + padded(o->len);
    return true;
}

struct str pcapng_find_option(const struct savefile *f, const u8 *at, u32 len, u16 code, u32 nth)
{
    struct option o;
    bool damaged;

    while (next_option(f, &at, &len, &o, &damaged) && o.code != OPTION_END)
        if (o.code == code && nth-- == 0)
            return str_make((const char *)o.value, o.len);
    return STR_EMPTY;
}

/*
 * The clock of an interface.  tcpdump's limits: what does not fit into 64 bits per second is refused.
 */
static bool read_resolution(struct savefile *f, struct savefile_clock *clock, u8 value)
{
    enum { BINARY = 0x80, BINARY_MAX = 63, DECIMAL_MAX = 19 };

    clock->binary = value & BINARY;
    clock->exponent = (u8)(value & ~BINARY);
    if (clock->exponent > (clock->binary ? BINARY_MAX : DECIMAL_MAX))
        return savefile_fail(f,
                             "Interface Description Block if_tsresol option resolution %u^-%u is too high",
                             clock->binary ? 2u : 10u, clock->exponent);
    clock->units = 1;
    for (u32 i = 0; i < clock->exponent; i++)
        clock->units *= clock->binary ? 2 : 10;
    return true;
}

static i64 file_i64(const struct savefile *f, const u8 *at)
{
    u64 first = file_u32(f, at), second = file_u32(f, at + 4);
    bool big = BIG_ENDIAN_MACHINE != f->swapped;
    return (i64)(big ? first << 32 | second : second << 32 | first);
}

static bool wrong_option(struct savefile *f, const char *name, u32 len, u32 right)
{
    return savefile_fail(f, "Interface Description Block has %s option with length %u != %u", name, len,
                         right);
}

static bool second_option(struct savefile *f, const char *name)
{
    return savefile_fail(f, "Interface Description Block has more than one %s option", name);
}

bool pcapng_too_short(struct savefile *f, u32 type)
{
    return savefile_fail(f, "block of type %u in pcapng dump file is too short", type);
}

static bool read_clock(struct savefile *f, struct savefile_clock *clock, const u8 *at, u32 left)
{
    struct option o;
    bool damaged = false, resolution = false, offset = false;

    *clock = (struct savefile_clock){ .units = 1000000, .exponent = 6 };
    while (next_option(f, &at, &left, &o, &damaged)) {
        switch (o.code) {
        case OPTION_END:
            return o.len == 0 || wrong_option(f, "opt_endofopt", o.len, 0);
        case IF_TSRESOL:
            if (o.len != 1)
                return wrong_option(f, "if_tsresol", o.len, 1);
            if (resolution)
                return second_option(f, "if_tsresol");
            resolution = true;
            if (!read_resolution(f, clock, o.value[0]))
                return false;
            break;
        case IF_TSOFFSET:
            if (o.len != 8)
                return wrong_option(f, "if_tsoffset", o.len, 8);
            if (offset)
                return second_option(f, "if_tsoffset");
            offset = true;
            clock->offset_s = file_i64(f, o.value);
            break;
        }
    }
    return !damaged || pcapng_too_short(f, BLOCK_INTERFACE);
}

/* Adds a block to the preamble; false, with the failure recorded, when there is no room. */
static bool keep_block(struct savefile *f, const u8 *block, u32 len)
{
    struct memory_source *m = &f->setup.memory;

    if (len > SAVEFILE_PREAMBLE_MAX - f->preamble_len)
        return savefile_fail(f, "the interfaces of a section take more than %u bytes",
                             (u32)SAVEFILE_PREAMBLE_MAX);
    if (f->preamble_len + len > f->preamble_room) {
        u32 room = f->preamble_len + len + f->preamble_room;
        u8 *larger = m->resize(m->context, f->preamble, f->preamble_room, room);
        if (larger == NULL)
            return savefile_fail(f, "out of memory for interface descriptions");
        f->preamble = larger;
        f->preamble_room = room;
    }
    memcpy(f->preamble + f->preamble_len, block, len);
    f->preamble_len += len;
    return true;
}

/* What the header of a pcap file would say about frame check sequences. */
static u32 read_fcs(const struct savefile *f, const u8 *block, u32 len)
{
    struct str fcs = pcapng_find_option(f, block + INTERFACE_OPTIONS,
                                        len - INTERFACE_OPTIONS - PCAPNG_BLOCK_TRAILER, IF_FCSLEN, 0);
    if (fcs.len != 1)
        return 0;
    return PCAP_FCS_PRESENT | (u32)(u8)fcs.p[0] / PCAP_FCS_UNIT_BITS << PCAP_FCS_SHIFT;
}

bool pcapng_read_interface(struct savefile *f, const u8 *block, u32 len)
{
    if (len < INTERFACE_OPTIONS + PCAPNG_BLOCK_TRAILER)
        return pcapng_too_short(f, BLOCK_INTERFACE);
    struct savefile_clock clock;
    if (!read_clock(f, &clock, block + INTERFACE_OPTIONS,
                    len - INTERFACE_OPTIONS - PCAPNG_BLOCK_TRAILER))
        return false;
    struct savefile_interface *i = savefile_new_interface(f);
    if (i == NULL)
        return false;
    i->linktype = linktype_from_file(file_u16(f, block + INTERFACE_LINKTYPE));
    i->snaplen = savefile_snaplen(i->linktype, file_u32(f, block + INTERFACE_SNAPLEN));
    i->clock = clock;
    i->block_at = f->preamble_len;
    i->block_len = len;
    u32 packet_max = savefile_snaplen_max(i->linktype);
    if (packet_max > BLOCK_MAX && f->caplen_max < packet_max + BLOCK_MAX_AROUND_PACKET)
        f->caplen_max = packet_max + BLOCK_MAX_AROUND_PACKET;
    check(f->caplen_max <= SAVEFILE_RECORD_MAX);
    if (clock.exponent > (clock.binary ? 0 : 6))
        f->nano = true;
    if (f->interface_count == 1)
        f->linktype_bits = read_fcs(f, block, len);
    return keep_block(f, block, len);
}

bool pcapng_begin_section(struct savefile *f, const u8 *block, u32 len)
{
    u8 bare[SECTION_MIN];

    f->interface_count = 0;
    f->preamble_len = 0;
    f->version_major = file_u16(f, block + SECTION_MAJOR);
    f->version_minor = file_u16(f, block + SECTION_MINOR);
    /* The first block's length is not checked as strictly as others'; do not hand such a block on. */
    if (len % 4 != 0 || file_u32(f, block + len - PCAPNG_BLOCK_TRAILER) != len) {
        memcpy(bare, block, sizeof bare);
        len = f->swapped ? __builtin_bswap32(SECTION_MIN) : SECTION_MIN;
        memcpy(bare + TOTAL_LEN, &len, sizeof len);
        memcpy(bare + sizeof bare - PCAPNG_BLOCK_TRAILER, &len, sizeof len);
        block = bare;
        len = sizeof bare;
    }
    return keep_block(f, block, len);
}

bool pcapng_read_order(struct savefile *f, const u8 *block)
{
    u32 magic;

    memcpy(&magic, block + SECTION_ORDER, sizeof magic);
    if (magic != PCAPNG_BYTE_ORDER_MAGIC && magic != __builtin_bswap32(PCAPNG_BYTE_ORDER_MAGIC))
        return false;
    f->swapped = magic != PCAPNG_BYTE_ORDER_MAGIC;
    return true;
}

bool pcapng_read_section(struct savefile *f, const u8 *block, u32 len)
{
    if (len < SECTION_MIN)
        return pcapng_too_short(f, BLOCK_SECTION);
    if (!pcapng_read_order(f, block))
        return savefile_fail(f, "the file has a section with a bad byte order magic field");
    u32 major = file_u16(f, block + SECTION_MAJOR); /* as tcpdump, which lets any minor one pass */
    if (major != 1)
        return savefile_fail(f, "unknown pcapng savefile major version number %u", major);
    return pcapng_begin_section(f, block, len);
}

/* One name resolution record: an address and zero-terminated names. */
static void tell_names(const struct savefile *f, u32 address_len, const u8 *value, u32 len)
{
    struct str rest = str_make((const char *)value, len);

    if (len < address_len)
        return;
    rest = str_from(rest, address_len);
    while (rest.len > 0) {
        struct str name = str_cut(&rest, '\0');
        if (name.len > 0)
            f->setup.name(f->setup.context, value, address_len, name);
    }
}

void pcapng_read_names(const struct savefile *f, const u8 *block, u32 len)
{
    static const u8 address_len[] = { [NAME_IP4] = 4, [NAME_IP6] = 16, [NAME_EUI48] = 6, [NAME_EUI64] = 8 };
    const u8 *at = block + BODY;
    u32 left = len - PCAPNG_BLOCK_MIN;
    struct option record; /* records have the shape of options */
    bool damaged;

    while (next_option(f, &at, &left, &record, &damaged) && record.code != NAME_END)
        if (record.code < countof(address_len))
            tell_names(f, address_len[record.code], record.value, record.len);
}

struct str savefile_interface_option(const struct savefile *f, u32 interface, u16 code, u32 nth)
{
    if (f->format != SAVEFILE_PCAPNG || interface >= f->interface_count)
        return STR_EMPTY;
    const struct savefile_interface *i = &f->interfaces[interface];
    return pcapng_find_option(f, f->preamble + i->block_at + INTERFACE_OPTIONS,
                              i->block_len - INTERFACE_OPTIONS - PCAPNG_BLOCK_TRAILER, code, nth);
}

struct str savefile_section_option(const struct savefile *f, u16 code, u32 nth)
{
    if (f->preamble_len < SECTION_MIN)
        return STR_EMPTY;
    u32 len = file_u32(f, f->preamble + TOTAL_LEN);
    return pcapng_find_option(f, f->preamble + SECTION_OPTIONS,
                              len - SECTION_OPTIONS - PCAPNG_BLOCK_TRAILER, code, nth);
}

struct str savefile_preamble(const struct savefile *f)
{
    return str_make((const char *)f->preamble, f->preamble_len);
}
