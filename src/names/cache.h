/*
 * What is known about the names of addresses: a bounded table that forgets everything when it is
 * full and starts anew.
 */
#ifndef NAMES_CACHE_H
#define NAMES_CACHE_H

#include "base/arena.h"
#include "base/str.h"
#include "base/types.h"

enum { CACHE_ENTRIES = 4096, CACHE_TEXT = 128 * 1024 /* bytes of names */ };

enum cache_state {
    CACHE_UNKNOWN, /* never heard of */
    CACHE_ASKED,   /* somebody was asked, the answer is not there yet */
    CACHE_NAMELESS,
    CACHE_NAMED,
};

struct cache_entry {
    u8 address[16];
    u8 length; /* of the address, 4, 6 or 16; 0: free */
    u8 state;  /* enum cache_state */
    u16 name_length;
    u32 name_at; /* in the text */
};

struct name_cache {
    struct cache_entry *entries; /* NULL: nothing is ever remembered */
    char *text;
    u32 count, text_used;
    u64 seed;
};

/* Bytes of an arena that a cache takes at most. */
size_t cache_size(void);

/* An empty cache in the arena; `seed` makes its order unpredictable, as keys come from packets. */
struct name_cache cache_make(struct arena *arena, u64 seed);

/* What is known about an address of 4, 6 or 16 bytes; `*name`, when named, is valid until the next
 * cache_put(). */
enum cache_state cache_get(const struct name_cache *c, const void *address, u8 length,
                           struct str *name);

/* Remembers.  `name` matters to CACHE_NAMED only, is copied, and has at most 65535 bytes. */
void cache_put(struct name_cache *c, const void *address, u8 length, enum cache_state state,
               struct str name);

#endif
