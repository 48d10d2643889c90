/*
 * The reading face of savefiles: pcap and pcapng, either also compressed by gzip, from any stream.
 *
 *     struct savefile f;
 *     struct packet batch[64];
 *     if (savefile_open(&f, &setup))
 *         while ((n = savefile_next(&f, batch, 64)) > 0)
 *             ...
 *     if (f.error[0] != '\0')
 *         complain(f.error);
 *     savefile_close(&f);
 *
 * Packets are not copied: they point into the reader's buffer and stay valid until the next call.
 * A call blocks in the stream only when not one whole packet has been read, so reading from a pipe
 * that is being written delivers every packet as soon as it is complete.
 *
 * Memory comes from the setup's source and is bounded whatever the file says: SAVEFILE_BUFFER, plus
 * the largest single record or block (SAVEFILE_RECORD_MAX, and never more than twice what the
 * stream has really delivered), plus SAVEFILE_PREAMBLE_MAX for what pcapng says about interfaces,
 * plus a fixed part for decompression.
 */
#ifndef PCAPFILE_SAVEFILE_H
#define PCAPFILE_SAVEFILE_H

#include "base/packet.h"
#include "pcapfile/gunzip.h"
#include "pcapfile/reader.h"
#include "pcapfile/stream.h"

enum {
    SAVEFILE_BUFFER = 512 * 1024,                  /* bytes; holds any ordinary record whole */
    SAVEFILE_RECORD_MAX = 128 * 1024 * 1024 + 131072, /* bytes; reached for D-Bus and USB only */
    SAVEFILE_PREAMBLE_MAX = 32 * 1024 * 1024,      /* bytes of interface descriptions per section */
    SAVEFILE_ERROR_MAX = 256,
};

enum savefile_format { SAVEFILE_PCAP, SAVEFILE_PCAPNG };

/* How a pcapng interface counts time: if_tsresol, if_tsoffset. */
struct savefile_clock {
    u64 units;        /* per second; a power of ten, or of two when `binary` */
    bool binary;
    u8 exponent;      /* of that ten or two */
    i64 offset_s;     /* seconds to add to every time stamp */
};

/* What packets say with their `interface`.  A pcap file has one, which has no texts. */
struct savefile_interface {
    u32 linktype;  /* LINKTYPE_, see base/linktype.h; any 32-bit number for a strange file */
    u32 snaplen;   /* bytes; as the file says, 0 and nonsense replaced by 262144 as in libpcap */
    struct savefile_clock clock;
    u32 block_at, block_len; /* private: the description block, within the preamble */
};

/* A pcapng block that is no packet, exactly as it stands in the file. */
struct savefile_block {
    u32 type;        /* enum pcapng_block_type, or any other number */
    const u8 *bytes; /* the whole block from type to trailing length; borrowed during the callback */
    u32 len;
    bool swapped;    /* its numbers are in the other byte order than this machine's */
};

struct savefile;

struct savefile_setup {
    struct byte_stream in;
    struct memory_source memory;
    bool copied;   /* packets go to another file, which has the byte order of this machine */
    void *context; /* for the two callbacks below */

    /*
     * Optional: sees every pcapng block but packets, section and interface headers included, in
     * file order: what precedes packet N is told before the batch that has N begins, what follows
     * it, after that batch.  Blocks before the first packet may be told during savefile_open().
     */
    void (*block)(void *context, const struct savefile *f, const struct savefile_block *block);

    /*
     * Optional: sees every record of name resolution blocks.  `len` is 4, 6, 8 or 16 address bytes
     * (IPv4, EUI-48, EUI-64, IPv6); one call for each name of an address.
     */
    void (*name)(void *context, const u8 *address, u32 len, struct str name);
};

struct savefile {
    /* Read by callers */
    enum savefile_format format;
    bool gzip;             /* came through the decompressor */
    bool swapped;          /* written on a machine of the other byte order (pcapng: this section) */
    bool nano;             /* some time stamp may need more than microseconds */
    bool modified;         /* pcap with Kuznetzov's longer record header */
    u16 version_major, version_minor;
    u32 linktype;          /* of the first interface */
    u32 linktype_bits;     /* FCS and reserved bits above a pcap file's link type, to be written again;
                            * pcapng: what the first interface says of FCS, in the same way */
    u32 snaplen;           /* of the first interface, as libpcap would show it */
    u32 interface_count;   /* interfaces of the current section */
    struct savefile_interface *interfaces; /* owned here; moves and changes with savefile_next() */
    char error[SAVEFILE_ERROR_MAX]; /* zero-terminated; empty as long as all is well */
    i64 failure;           /* what the stream returned when `error` is about reading itself, else 0:
                            * the caller then appends ": " and what the number means */

    /* Private */
    struct savefile_setup setup;
    struct reader reader;
    struct packet model;   /* what the packets of a pcap file have in common */
    u32 record_header;     /* pcap: bytes */
    bool turned;           /* pcap: headers in packets are big-endian, and are turned in place (pseudo.h) */
    u32 caplen_max;        /* pcap: a larger captured length is an error */
    enum { LENGTHS_IN_ORDER, LENGTHS_SWAPPED, LENGTHS_SWAPPED_IF_ODD } lengths;
    u8 *preamble;          /* this section's header and interface blocks, one after another */
    u32 preamble_len, preamble_room;
    u32 interface_room;
    bool done;             /* end or failure: nothing more will come */
    struct gunzip *inflater;
};

/*
 * Recognises the file and reads its header (for pcapng: up to the first interface description).
 * False, with `error` set in the words of tcpdump, when it is none or when it is broken.  The setup is
 * copied; its stream and contexts must outlive the savefile.  savefile_close() is due either way.
 */
bool savefile_open(struct savefile *f, const struct savefile_setup *setup);

/*
 * Up to `max` (> 0) packets.  0 at the end, -1 after a failure, when `error` is set; both are
 * final.  A failure is reported only when all packets before it have been returned.  All packets of
 * one batch belong to the same section, so their `interface` indexes f->interfaces.
 */
int savefile_next(struct savefile *f, struct packet *batch, int max);

/*
 * Up to `max` (> 0) packets behind those of the last call, as far as they have been read already: 0 says
 * nothing about the file.  All packets since the last savefile_next() stay valid.
 */
int savefile_more(struct savefile *f, struct packet *batch, int max);

/*
 * How many of the first of `n` packets stand side by side in their file, and all their records as one
 * piece.  0 when the first has no record.
 */
static inline u32 savefile_run(const struct packet *batch, u32 n, struct str *records)
{
    u32 count = 0;

    *records = STR_EMPTY;
    if (n > 0)
        records->p = batch[0].record.p;
    while (count < n && batch[count].record.len > 0
           && batch[count].record.p == records->p + records->len)
        records->len += batch[count++].record.len;
    return count;
}

/* Gives the memory back.  The callers' part of the struct stays readable, but for the interfaces. */
void savefile_close(struct savefile *f);

/*
 * pcapng: the `nth` option `code` (enum pcapng_option, e.g. IF_NAME) of an interface, of the
 * section header, or of a packet that is still valid.  Empty when there is none, and in pcap files.
 * Texts are as they stand in the file, without a terminating zero.
 */
struct str savefile_interface_option(const struct savefile *f, u32 interface, u16 code, u32 nth);
struct str savefile_section_option(const struct savefile *f, u16 code, u32 nth);
struct str savefile_packet_option(const struct savefile *f, const struct packet *p, u16 code, u32 nth);

/*
 * pcapng: the current section's header and all its interface blocks so far, in the file's byte
 * order.  A file that begins with these bytes can take this section's blocks and packet records
 * (struct packet, `record`) unchanged; a rotating copy starts each of its files so.
 */
struct str savefile_preamble(const struct savefile *f);

#endif
