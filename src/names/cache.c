/* Names of addresses, remembered: open addressing, at most half full. */
#include "names/cache.h"

#include "base/hash.h"
#include "base/mem.h"

enum { SLOTS = 2 * CACHE_ENTRIES };

size_t cache_size(void)
{
    return SLOTS * sizeof(struct cache_entry) + CACHE_TEXT + 2 * sizeof(max_align_t);
}

struct name_cache cache_make(struct arena *arena, u64 seed)
{
    struct name_cache c = { .seed = seed };

    c.entries = arena_new(arena, struct cache_entry, SLOTS);
    c.text = arena_take(arena, 1, CACHE_TEXT);
    if (c.text == NULL)
        c.entries = NULL;
    return c;
}

/* The entry of an address, or the free one where it belongs. */
static struct cache_entry *find(const struct name_cache *c, const void *address, u8 length)
{
    for (u64 at = hash_bytes(address, length, c->seed);; at++) {
        struct cache_entry *e = &c->entries[at % SLOTS];
        if (e->length == 0 || (e->length == length && memcmp(e->address, address, length) == 0))
            return e;
    }
}

enum cache_state cache_get(const struct name_cache *c, const void *address, u8 length,
                           struct str *name)
{
    if (c->entries == NULL)
        return CACHE_UNKNOWN;
    const struct cache_entry *e = find(c, address, length);
    if (e->length == 0)
        return CACHE_UNKNOWN;
    if (e->state == CACHE_NAMED)
        *name = str_make(c->text + e->name_at, e->name_length);
    return (enum cache_state)e->state;
}

static void forget_all(struct name_cache *c)
{
    memset(c->entries, 0, SLOTS * sizeof *c->entries);
    c->count = c->text_used = 0;
}

void cache_put(struct name_cache *c, const void *address, u8 length, enum cache_state state,
               struct str name)
{
    if (c->entries == NULL || name.len > UINT16_MAX)
        return;
    if (state != CACHE_NAMED)
        name = STR_EMPTY;
    if (c->count >= CACHE_ENTRIES || CACHE_TEXT - c->text_used < name.len)
        forget_all(c);
    struct cache_entry *e = find(c, address, length);
    c->count += e->length == 0;
    *e = (struct cache_entry){
        .length = length, .state = (u8)state, .name_length = (u16)name.len, .name_at = c->text_used
    };
    memcpy(e->address, address, length);
    if (name.len > 0)
        memcpy(c->text + c->text_used, name.p, name.len);
    c->text_used += (u32)name.len;
}
