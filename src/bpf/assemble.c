/*
 * Distances and long jumps.
 *
 * All jumps lead forward, so the distance from an item to its targets depends on later items only:
 * one pass from the last item to the first knows every distance as it goes, and what is inserted
 * never makes an earlier decision wrong.  The program is written backwards, from the end of its room.
 */
#include "bpf/assemble.h"

enum { REACH = 255 };

struct assembler {
    const struct item *items;
    struct bpf_insn *to;
    u32 *at;    /* by item: distance of its instruction from the end of the program, from 1; 0: not reached */
    u32 *relay; /* by item: the same for the nearest instruction that does what a jump to it does */
    u32 made, max;
    bool full;
    bool returns; /* a jump to a return may be one: see may_return() */
};

static void put(struct assembler *s, struct bpf_insn insn)
{
    if (s->made == s->max) {
        s->full = true;
        return;
    }
    s->made++;
    s->to[s->max - s->made] = insn;
}

static bool is_return(const struct item *item)
{
    return item->code == BPF_RET_K || item->code == BPF_RET_A;
}

/*
 * Whether returns may stand in the middle.  The kernel follows which scratch cells have been written
 * from one instruction to the next, past a return as well, so there a return would make cells that
 * the next instruction reads look unwritten.
 */
static bool may_return(const struct item *items, u32 count)
{
    for (u32 i = 0; i < count; i++)
        if (items[i].code == BPF_LD_MEM || items[i].code == BPF_LDX_MEM)
            return false;
    return true;
}

/* Where a jump to an item leads in the end. */
static u32 final(const struct item *items, u32 i)
{
    while (items[i].code == BPF_JA)
        i = items[i].yes;
    return i;
}

/* Puts an instruction in front that stands for a jump to `target`. */
static void put_relay(struct assembler *s, u32 target)
{
    const struct item *item = &s->items[target];

    if (is_return(item) && s->returns)
        put(s, (struct bpf_insn){ .code = item->code, .k = item->k });
    else
        put(s, (struct bpf_insn){ .code = BPF_JA, .k = s->made - s->at[target] });
    s->relay[target] = s->made;
}

/* Instructions to jump over from an instruction put in front now. */
static u32 distance(const struct assembler *s, u32 target) { return s->made - s->relay[target]; }

static void put_test(struct assembler *s, const struct item *item)
{
    u32 yes = final(s->items, item->yes), no = final(s->items, item->no);

    /* A relay for one exit may push the other out of reach, hence the second look. */
    for (int round = 0; round < 2 && s->made > REACH; round++) {
        if (distance(s, yes) > REACH)
            put_relay(s, yes);
        if (distance(s, no) > REACH)
            put_relay(s, no);
    }
    put(s, (struct bpf_insn){ .code = item->code, .k = item->k, .jt = (u8)distance(s, yes),
                              .jf = (u8)distance(s, no) });
}

static void put_jump(struct assembler *s, u32 target)
{
    if (is_return(&s->items[target]) && s->returns)
        put_relay(s, target);
    else if (s->at[target] != s->made)
        put(s, (struct bpf_insn){ .code = BPF_JA, .k = s->made - s->at[target] });
}

static void put_item(struct assembler *s, u32 i)
{
    const struct item *item = &s->items[i];
    u8 flow = bpf_flow(item->code);

    if (flow == BPF_FLOW_TEST)
        put_test(s, item);
    else if (flow == BPF_FLOW_JUMP)
        put_jump(s, final(s->items, i));
    else
        put(s, (struct bpf_insn){ .code = item->code, .k = item->k });
    s->at[i] = s->relay[i] = s->made;
}

static void find_reached(struct assembler *s, u32 count)
{
    s->at[0] = 1;
    for (u32 i = 0; i < count; i++) {
        const struct item *item = &s->items[i];
        u8 flow = bpf_flow(item->code);
        if (s->at[i] == 0 || flow == BPF_FLOW_RETURN)
            continue;
        s->at[flow < BPF_FLOW_TEST ? i + 1 : final(s->items, item->yes)] = 1;
        if (flow == BPF_FLOW_TEST)
            s->at[final(s->items, item->no)] = 1;
    }
}

/* Writes the program into the end of `room` instructions at s->to; false when they do not do. */
static bool write_all(struct assembler *s, u32 count, u32 room)
{
    s->made = 0;
    s->max = room;
    s->full = false;
    for (u32 i = count; i > 0 && !s->full; i--)
        if (s->at[i - 1] != 0)
            put_item(s, i - 1);
    return !s->full;
}

const struct bpf_insn *assemble(struct arena *arena, const struct item *items, u32 count, u32 max,
                                u32 *made)
{
    struct assembler s = { .items = items, .returns = may_return(items, count) };

    s.at = arena_new(arena, u32, count);
    s.relay = arena_raw(arena, u32, count);
    if (arena->full)
        return NULL;
    find_reached(&s, count);
    /* Relays are rare: the second try is for programs that have more than one in sixteen. */
    for (u64 room = (u64)count + count / 16 + 4;; room *= 2) {
        u32 most = room < max ? (u32)room : max;
        s.to = arena_raw(arena, struct bpf_insn, most);
        if (s.to == NULL || (!write_all(&s, count, most) && most == max))
            return NULL;
        if (!s.full)
            break;
    }
    *made = s.made;
    return s.to + (s.max - s.made);
}
