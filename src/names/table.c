/* Hashed names: open addressing with linear probing, at most half full. */
#include "names/table.h"

#include "base/hash.h"

/* Slots for `count` entries: a power of two, at least twice as many. */
static size_t slots_for(size_t count)
{
    size_t slots = 4;

    while (slots / 2 < count)
        slots *= 2;
    return slots;
}

size_t name_table_size(size_t count)
{
    return slots_for(count) * sizeof(struct name_slot) + sizeof(max_align_t);
}

struct name_table name_table_make(struct arena *arena, size_t count, bool nocase, u64 seed)
{
    struct name_table t = { .nocase = nocase, .seed = seed };

    if (count > UINT32_MAX / 4)
        return t;
    size_t slots = slots_for(count);
    t.slots = arena_new(arena, struct name_slot, slots);
    t.mask = (u32)slots - 1;
    return t;
}

static u64 hash_key(const struct name_table *t, struct str key, u32 tag)
{
    char folded[NAME_MAX_BYTES];

    if (t->nocase) {
        for (size_t i = 0; i < key.len; i++)
            folded[i] = to_lower(key.p[i]);
        key.p = folded;
    }
    return hash_bytes(key.p, key.len, hash_u64(tag, t->seed));
}

static bool same_key(const struct name_table *t, const struct name_slot *slot, struct str key,
                     u32 tag)
{
    struct str have = str_make(slot->key, slot->len);

    return slot->tag == tag && (t->nocase ? str_equal_nocase(have, key) : str_equal(have, key));
}

/* The slot of a key, or the free one where it belongs; NULL when there is neither. */
static struct name_slot *find_slot(const struct name_table *t, struct str key, u32 tag)
{
    if (t->slots == NULL || key.len > (t->nocase ? NAME_MAX_BYTES : UINT32_MAX))
        return NULL;
    u32 at = (u32)hash_key(t, key, tag);
    for (u32 i = 0; i <= t->mask; i++, at++) {
        struct name_slot *slot = &t->slots[at & t->mask];
        if (slot->key == NULL || same_key(t, slot, key, tag))
            return slot;
    }
    return NULL;
}

u32 *name_table_find(const struct name_table *t, struct str key, u32 tag)
{
    struct name_slot *slot = find_slot(t, key, tag);

    return slot != NULL && slot->key != NULL ? &slot->value : NULL;
}

u32 *name_table_add(struct name_table *t, struct str key, u32 tag, u32 value, bool *added)
{
    struct name_slot *slot = find_slot(t, key, tag);

    *added = slot != NULL && slot->key == NULL;
    if (*added)
        *slot = (struct name_slot){ key.p != NULL ? key.p : "", (u32)key.len, tag, value };
    return slot != NULL ? &slot->value : NULL;
}
