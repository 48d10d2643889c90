/* What savefile.c and the readers of the two formats share; nobody else includes this. */
#ifndef PCAPFILE_SAVEFILE_PRIVATE_H
#define PCAPFILE_SAVEFILE_PRIVATE_H

#include "base/bytes.h"
#include "base/mem.h"
#include "pcapfile/savefile.h"

#define BIG_ENDIAN_MACHINE (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)

/* Numbers in the file's byte order. */
static inline u32 file_u32(const struct savefile *f, const void *at)
{
    u32 value;
    memcpy(&value, at, sizeof value);
    return unlikely(f->swapped) ? __builtin_bswap32(value) : value;
}

static inline u16 file_u16(const struct savefile *f, const void *at)
{
    u16 value;
    memcpy(&value, at, sizeof value);
    return unlikely(f->swapped) ? __builtin_bswap16(value) : value;
}

/* Records a failure in the words given, and that nothing more will come.  Returns false. */
bool savefile_fail(struct savefile *f, const char *fmt, ...) PRINTF_LIKE(2, 3);

/*
 * The stream stopped before the `wanted` bytes: its failure, if it has one, or lack of memory, or
 * else the given text, "truncated ...; tried to read %u X, only got %zu".  Returns false.
 */
bool savefile_fail_short(struct savefile *f, const char *text, u32 wanted, size_t got);

/* Whether the stream has ended for good with all its bytes consumed. */
static inline bool savefile_at_end(const struct savefile *f)
{
    return f->reader.failure == 0 && !f->reader.starved && reader_has(&f->reader) == 0;
}

/* The largest snapshot length of a link type; most have PCAP_SNAPLEN_MAX. */
u32 savefile_snaplen_max(u32 linktype);

/* A file's snapshot length with the values replaced that libpcap does not believe. */
u32 savefile_snaplen(u32 linktype, u32 from_file);

/* Makes room for one more of f->interfaces and clears it; NULL, and the failure is recorded, if none. */
struct savefile_interface *savefile_new_interface(struct savefile *f);

/* pcap_read.c: `magic` is the first word in this machine's order, read but not consumed. */
bool pcap_recognises(u32 magic);
bool pcap_read_header(struct savefile *f, u32 magic);
int pcap_read_packets(struct savefile *f, struct packet *batch, int max);
int pcap_read_buffered(struct savefile *f, struct packet *batch, int max); /* only what is there */

/* pcapng_read.c, likewise. */
bool pcapng_recognises(u32 magic);
bool pcapng_read_header(struct savefile *f);
int pcapng_read_packets(struct savefile *f, struct packet *batch, int max);
int pcapng_read_buffered(struct savefile *f, struct packet *batch, int max);

#endif
