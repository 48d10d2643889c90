/*
 * A hashed table from names (and a small number beside them) to numbers; the first entry of a key
 * counts.  Private to the names module.
 */
#ifndef NAMES_TABLE_H
#define NAMES_TABLE_H

#include "base/arena.h"
#include "base/str.h"

struct name_slot {
    const char *key; /* NULL: free; borrowed */
    u32 len;         /* bytes of the key */
    u32 tag;         /* the other part of the key */
    u32 value;
};

struct name_table {
    struct name_slot *slots; /* NULL: an empty table */
    u32 mask;
    bool nocase; /* ASCII letters are the same in both cases; such keys have at most NAME_MAX bytes
                  */
    u64 seed;
};

enum { NAME_MAX_BYTES = 255 };

/* Bytes of an arena that a table for `count` entries takes at most. */
size_t name_table_size(size_t count);

/* An empty table for at most `count` entries; without room in the arena it stays empty. */
struct name_table name_table_make(struct arena *arena, size_t count, bool nocase, u64 seed);

/*
 * The value stored for a key, or NULL.  The pointer stays valid, and what it points to may be
 * changed.
 */
u32 *name_table_find(const struct name_table *t, struct str key, u32 tag);

/*
 * Adds a key, which must live as long as the table, unless it is there.  Returns where its value
 * is kept; NULL when the table is full or the key too long.  `*added` tells whether it is new.
 */
u32 *name_table_add(struct name_table *t, struct str key, u32 tag, u32 value, bool *added);

#endif
