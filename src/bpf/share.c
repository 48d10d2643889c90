/*
 * Shared tails.
 *
 *      ldh [54]                     ldh [54]
 *      jeq #80   -> accept          jeq #80   -> accept
 *      jeq #443  -> accept          jeq #443  -> accept  <--.
 *      ...                          ...                     |
 *      ldh [x + 14]                 ldh [x + 14]            |
 *      jeq #80   -> accept          jeq #80   -> accept     |
 *      jeq #443  -> accept          (goes there) -----------'
 *
 * Two items are alike when they are the same instruction and what follows them is alike.  What the
 * registers hold does not matter: alike code does the same with it.  The last of several alike
 * items can stand for all, since jumps lead forward; where an item runs into one of them without
 * a jump, that one has to stay, and is preferred when it stands behind the jump.
 */
#include "bpf/share.h"

enum { NONE = 0xffffffff };

struct sharer {
    struct item *items;
    u32 count;
    u32 *like;    /* by item: the last one that is alike */
    u32 *sibling; /* by item: the next one before it that is alike, or NONE */
    u32 *table;   /* hash table of items that stand for others */
    u32 slots;
    bool *reached;
};

static u8 flow_of(const struct item *item)
{
    return bpf_flow(item->code);
}

static bool runs_on(const struct item *item) { return flow_of(item) <= BPF_FLOW_STORE; }

/* What follows an item, as the items that stand for it. */
static u64 exits_of(const struct sharer *s, u32 i)
{
    const struct item *item = &s->items[i];

    switch (flow_of(item)) {
    case BPF_FLOW_RETURN: return 0;
    case BPF_FLOW_JUMP: return s->like[item->yes];
    case BPF_FLOW_TEST: return (u64)s->like[item->yes] << 32 | s->like[item->no];
    default: return s->like[i + 1];
    }
}

static u32 hash(const struct item *item, u64 exits)
{
    u64 h = ((u64)item->code << 32 | item->k) * 0x9e3779b97f4a7c15u ^ exits * 0xd6e8feb86659fd93u;

    return (u32)(h >> 32 ^ h >> 17);
}

static bool alike(const struct sharer *s, u32 i, u32 j)
{
    return s->items[i].code == s->items[j].code && s->items[i].k == s->items[j].k &&
           exits_of(s, i) == exits_of(s, j);
}

/* Finds what is alike; false when nothing is. */
static bool classify(struct sharer *s)
{
    bool found = false;

    for (u32 i = s->count; i-- > 0;) {
        s->sibling[i] = NONE;
        if (s->items[i].code == BPF_JA) {
            s->like[i] = s->like[s->items[i].yes];
            continue;
        }
        u64 exits = exits_of(s, i);
        u32 slot = hash(&s->items[i], exits) & (s->slots - 1);
        while (s->table[slot] != 0 && !alike(s, s->table[slot] - 1, i))
            slot = (slot + 1) & (s->slots - 1);
        if (s->table[slot] == 0) {
            s->table[slot] = i + 1;
            s->like[i] = i;
            continue;
        }
        u32 last = s->table[slot] - 1;
        s->like[i] = last;
        s->sibling[i] = s->sibling[last];
        s->sibling[last] = i;
        found = true;
    }
    return found;
}

static void find_reached(struct sharer *s)
{
    for (u32 i = 0; i < s->count; i++)
        s->reached[i] = i == 0;
    for (u32 i = 0; i < s->count; i++) {
        const struct item *item = &s->items[i];
        u8 flow = flow_of(item);
        if (!s->reached[i] || flow == BPF_FLOW_RETURN)
            continue;
        if (flow == BPF_FLOW_TEST || flow == BPF_FLOW_JUMP)
            s->reached[item->yes] = true;
        if (flow == BPF_FLOW_TEST)
            s->reached[item->no] = true;
        if (flow <= BPF_FLOW_STORE)
            s->reached[i + 1] = true;
    }
}

/* The item to jump to from `from`: one that has to stay if there is one behind it. */
static u32 target_of(const struct sharer *s, u32 from, u32 target)
{
    u32 last = s->like[target];

    for (u32 i = last; i != NONE; i = s->sibling[i])
        if (i > from && i > 0 && runs_on(&s->items[i - 1]) && s->reached[i - 1])
            return i;
    return last;
}

/* Whether the item and the next are both alike to others that come later. */
static bool is_long_tail(const struct sharer *s, u32 i)
{
    return s->like[i] != i && runs_on(&s->items[i]) && s->like[i + 1] != i + 1;
}

/* An item that runs into a longer tail which exists elsewhere jumps there instead. */
static void cut_tails(struct sharer *s)
{
    for (u32 i = 1; i < s->count; i++)
        if (s->reached[i] && runs_on(&s->items[i - 1]) && is_long_tail(s, i) &&
            s->reached[s->like[i]] && s->like[i - 1] == i - 1)
            s->items[i] = (struct item){ .code = BPF_JA, .yes = s->like[i] };
}

static void redirect(struct sharer *s)
{
    for (u32 i = 0; i < s->count; i++) {
        struct item *item = &s->items[i];
        u8 flow = flow_of(item);
        if (!s->reached[i] || (flow != BPF_FLOW_TEST && flow != BPF_FLOW_JUMP))
            continue;
        item->yes = target_of(s, i, item->yes);
        if (flow == BPF_FLOW_TEST)
            item->no = target_of(s, i, item->no);
    }
}

/*
 * Whether some items may be alike: those at the end of alike tails are two tests with the same exits.  Says
 * yes too often, never too seldom.
 */
static bool may_be_alike(const struct item *items, u32 count)
{
    u64 seen[4] = { 0 };

    for (u32 i = 0; i < count; i++) {
        const struct item *item = &items[i];
        u8 flow = flow_of(item);
        if (flow == BPF_FLOW_JUMP)
            return true; /* then exits that differ may be the same place */
        if (flow != BPF_FLOW_TEST)
            continue;
        u32 h = hash(item, (u64)item->yes << 32 | item->no);
        u64 bit = (u64)1 << h % 64;
        if ((seen[h / 64 % countof(seen)] & bit) != 0)
            return true;
        seen[h / 64 % countof(seen)] |= bit;
    }
    return false;
}

void share_tails(struct item *items, u32 count, struct arena *arena)
{
    struct sharer s = { .items = items, .count = count, .slots = 4 };

    if (!may_be_alike(items, count))
        return;
    while (s.slots < 2 * count)
        s.slots *= 2;
    s.like = arena_raw(arena, u32, count);
    s.sibling = arena_raw(arena, u32, count);
    s.table = arena_new(arena, u32, s.slots);
    s.reached = arena_raw(arena, bool, count);
    if (arena->full)
        return;
    if (!classify(&s))
        return;
    /* First everything jumps to the last of its kind, then to those that stay anyway. */
    for (u32 i = 0; i < count; i++) {
        u8 flow = flow_of(&items[i]);
        if (flow == BPF_FLOW_TEST || flow == BPF_FLOW_JUMP)
            items[i].yes = s.like[items[i].yes];
        if (flow == BPF_FLOW_TEST)
            items[i].no = s.like[items[i].no];
    }
    find_reached(&s);
    cut_tails(&s);
    find_reached(&s);
    redirect(&s);
}
