/* What the two files that read pcapng share: pcapng_read.c (blocks, packets), pcapng_section.c. */
#ifndef PCAPFILE_PCAPNG_PRIVATE_H
#define PCAPFILE_PCAPNG_PRIVATE_H

#include "pcapfile/pcapng.h"
#include "pcapfile/savefile_private.h"

/* Offsets within any block, and within a section header. */
enum { TYPE = 0, TOTAL_LEN = 4, BODY = 8 };
enum { SECTION_ORDER = 8, SECTION_MAJOR = 12, SECTION_MINOR = 14, SECTION_OPTIONS = BODY + SECTION_FIXED };
enum { SECTION_MIN = SECTION_OPTIONS + PCAPNG_BLOCK_TRAILER };

enum { OPTION_HEADER = 4 };

enum {
    BLOCK_MAX = 16 * 1024 * 1024,     /* unless an interface's packets can be larger */
    BLOCK_MAX_AROUND_PACKET = 131072, /* what such a packet's block may have besides */
};

static inline u32 padded(u32 len) { return (len + 3) & ~3u; }

/* "block of type N in pcapng dump file is too short"; false. */
bool pcapng_too_short(struct savefile *f, u32 type);

/*
 * The `nth` option `code` among the `len` bytes of options at `at`; stops at the first that is
 * damaged.  Empty with NULL in it when there is none.
 */
struct str pcapng_find_option(const struct savefile *f, const u8 *at, u32 len, u16 code, u32 nth);

/* Takes the byte order from the magic of the section header at `block`; false when it is none. */
bool pcapng_read_order(struct savefile *f, const u8 *block);

/*
 * A section begins: the interfaces of the one before are gone.  The block has at least SECTION_MIN
 * bytes, in the order that has been set.  False, with the failure recorded, when memory runs out.
 */
bool pcapng_begin_section(struct savefile *f, const u8 *block, u32 len);

/* Whole blocks of the given type; false, with the failure recorded, when they are wrong. */
bool pcapng_read_section(struct savefile *f, const u8 *block, u32 len);
bool pcapng_read_interface(struct savefile *f, const u8 *block, u32 len);

/* Tells the names of a name resolution block to the setup's callback, which must be there. */
void pcapng_read_names(const struct savefile *f, const u8 *block, u32 len);

#endif
