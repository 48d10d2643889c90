/* Reading pcap: the header and its many dialects, then records as fast as memory allows. */
#include "pcapfile/pcap.h"

#include "base/linktype.h"
#include "base/time.h"
#include "pcapfile/pseudo.h"
#include "pcapfile/savefile_private.h"

/* Field offsets of the file header and of a record's. */
enum { VERSION_MAJOR = 4, VERSION_MINOR = 6, SNAPLEN = 16, LINKTYPE_FIELD = 20 };
enum { SECONDS = 0, FRACTION = 4, CAPLEN = 8, LEN = 12 };

/* A version of its own that some DG/UX systems wrote. */
enum { VERSION_MAJOR_DGUX = 543 };

bool pcap_recognises(u32 magic)
{
    u32 other = __builtin_bswap32(magic);
    return magic == PCAP_MAGIC_MICRO || other == PCAP_MAGIC_MICRO
           || magic == PCAP_MAGIC_NANO || other == PCAP_MAGIC_NANO
           || magic == PCAP_MAGIC_MODIFIED || other == PCAP_MAGIC_MODIFIED;
}

/*
 * Which versions there are, and in which of them the two length fields are in the other order.
 * Version 2.3 was written both ways.
 */
static bool check_version(struct savefile *f)
{
    u32 major = f->version_major, minor = f->version_minor;

    if (major < PCAP_VERSION_MAJOR)
        return savefile_fail(f, "archaic pcap savefile format");
    if (!(major == PCAP_VERSION_MAJOR && minor <= PCAP_VERSION_MINOR)
        && !(major == VERSION_MAJOR_DGUX && minor == 0))
        return savefile_fail(f, "unsupported pcap savefile version %u.%u", major, minor);
    if (major == VERSION_MAJOR_DGUX || minor < 3)
        f->lengths = LENGTHS_SWAPPED;
    else if (minor == 3)
        f->lengths = LENGTHS_SWAPPED_IF_ODD;
    else
        f->lengths = LENGTHS_IN_ORDER;
    return true;
}

/* The modified format's writers forgot the link-layer header when they filled in the snapshot length. */
static u32 with_link_header(u32 snaplen)
{
    enum { LINK_HEADER = 14 };
    return snaplen > INT32_MAX - LINK_HEADER ? INT32_MAX : snaplen + LINK_HEADER;
}

bool pcap_read_header(struct savefile *f, u32 magic)
{
    struct reader *r = &f->reader;

    f->format = SAVEFILE_PCAP;
    f->swapped = magic != PCAP_MAGIC_MICRO && magic != PCAP_MAGIC_NANO && magic != PCAP_MAGIC_MODIFIED;
    magic = file_u32(f, &magic);
    f->nano = magic == PCAP_MAGIC_NANO;
    f->modified = magic == PCAP_MAGIC_MODIFIED;
    if (!reader_need(r, PCAP_HEADER_LEN))
        return savefile_fail_short(f, "file header bytes", PCAP_HEADER_LEN,
                                   reader_has(r) - sizeof magic);

    f->version_major = file_u16(f, r->at + VERSION_MAJOR);
    f->version_minor = file_u16(f, r->at + VERSION_MINOR);
    if (!check_version(f))
        return false;
    u32 linktype = file_u32(f, r->at + LINKTYPE_FIELD);
    f->linktype_bits = linktype & ~PCAP_LINKTYPE_MASK;
    f->linktype = linktype_from_file(linktype & PCAP_LINKTYPE_MASK);
    f->snaplen = savefile_snaplen(f->linktype, file_u32(f, r->at + SNAPLEN));
    f->record_header = PCAP_RECORD_LEN;
    if (f->modified) {
        f->record_header = PCAP_RECORD_LEN_MODIFIED;
        f->snaplen = with_link_header(f->snaplen);
    }
    f->caplen_max = savefile_snaplen_max(f->linktype);
    f->turned = BIG_ENDIAN_MACHINE != f->swapped && pseudo_header_has_order(f->linktype) &&
                !(BIG_ENDIAN_MACHINE && f->setup.copied);
    if (f->turned)
        r->looks = false; /* what the stream shows is not ours to change */
    f->model.linktype = f->linktype <= UINT16_MAX ? (u16)f->linktype : UINT16_MAX;

    struct savefile_interface *i = savefile_new_interface(f);
    if (i == NULL)
        return false;
    i->linktype = f->linktype;
    i->snaplen = f->snaplen;
    i->clock = (struct savefile_clock){ .units = f->nano ? NS_PER_SECOND : 1000000,
                                        .exponent = f->nano ? 9 : 6 };
    reader_take(r, PCAP_HEADER_LEN);
    return true;
}

/* Seconds that stand in the field of fractions, see struct packet. */
static COLD void carry(const struct savefile *f, struct packet *p, u32 fraction)
{
    p->carried_s = (u16)(fraction / (f->nano ? 1000000000u : 1000000u));
}

/* The two lengths of a file that is in need of care; the record cannot be copied as it stands. */
static COLD void odd_lengths(const struct savefile *f, struct packet *p)
{
    if (f->lengths == LENGTHS_SWAPPED || (f->lengths == LENGTHS_SWAPPED_IF_ODD && p->caplen > p->len)) {
        u32 len = p->caplen;
        p->caplen = p->len;
        p->len = len;
    }
}

/*
 * Decodes the record header at `at`; p->caplen is then as the file says.  What has to be changed
 * before it could be written again is flagged by an empty p->record.
 */
static inline void decode_header(const struct savefile *f, struct packet *p, const u8 *at)
{
    *p = f->model;
    u32 seconds = file_u32(f, at + SECONDS);
    u32 fraction = file_u32(f, at + FRACTION);
    p->ts_ns = (i64)((u64)seconds * NS_PER_SECOND + (u64)fraction * (f->nano ? 1 : 1000));
    if (unlikely(fraction >= (f->nano ? 1000000000u : 1000000u)))
        carry(f, p, fraction);
    p->caplen = file_u32(f, at + CAPLEN);
    p->len = file_u32(f, at + LEN);
    if (unlikely(f->lengths != LENGTHS_IN_ORDER))
        odd_lengths(f, p);
    p->data = at + f->record_header;
}

/* A record whose data are there: sets what depends on the length. */
static inline void finish_packet(const struct savefile *f, struct packet *p)
{
    u32 caplen = p->caplen;

    if (unlikely(f->turned)) /* the data are in our own buffer, then */
        pseudo_header_swap((u8 *)(uintptr_t)p->data, caplen, f->linktype);

    if (unlikely(caplen > f->snaplen)) {
        p->caplen = f->snaplen;
        p->beyond = caplen - f->snaplen;
    }
    if (likely(!f->swapped && f->record_header == PCAP_RECORD_LEN
                    && f->lengths == LENGTHS_IN_ORDER))
        p->record = str_make((const char *)p->data - PCAP_RECORD_LEN, PCAP_RECORD_LEN + caplen);
}

/*
 * Reads on until one whole record is in the buffer.  False at the end of the file and on failure,
 * which it records.
 */
static bool wait_for_record(struct savefile *f)
{
    struct reader *r = &f->reader;

    if (!reader_need(r, f->record_header)) {
        if (!savefile_at_end(f))
            savefile_fail_short(f, "header bytes", f->record_header, reader_has(r));
        return false;
    }
    struct packet p;
    decode_header(f, &p, r->at);
    if (p.caplen > f->caplen_max) {
        if (p.caplen > f->snaplen)
            savefile_fail(f, "invalid packet capture length %u, bigger than snaplen of %u", p.caplen,
                          f->snaplen);
        else
            savefile_fail(f, "invalid packet capture length %u, bigger than maximum of %u", p.caplen,
                          f->caplen_max);
        return false;
    }
    if (!reader_need(r, f->record_header + p.caplen)) {
        size_t got = reader_has(r) - f->record_header;
        /* what exceeds the snapshot length is skipped in a second step, as tcpdump's messages show */
        savefile_fail_short(f, "captured bytes", got < f->snaplen && f->snaplen < p.caplen
                            ? f->snaplen : p.caplen, got);
        return false;
    }
    return true;
}

/* Records that are in the buffer already, up to the first that is not whole or not sound. */
int pcap_read_buffered(struct savefile *f, struct packet *batch, int max)
{
    struct reader *r = &f->reader;
    const u8 *at = r->at, *end = r->end;
    size_t before = 0;
    int n = 0;
    while (n < max && (size_t)(end - at) >= f->record_header) {
        struct packet *p = &batch[n];
        decode_header(f, p, at);
        if (p->caplen > f->caplen_max || p->caplen > (size_t)(end - at) - f->record_header)
            break;
        size_t size = f->record_header + p->caplen;
        reader_expect(r, at, size, before);
        at += size;
        before = size;
        finish_packet(f, p);
        n++;
    }
    r->at = at;
    return n;
}

int pcap_read_packets(struct savefile *f, struct packet *batch, int max)
{
    return wait_for_record(f) ? pcap_read_buffered(f, batch, max) : 0;
}
