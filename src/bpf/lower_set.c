/* Lists of hosts, nets, ports and link-layer addresses as sorted decisions. */
#include "bpf/lower_set.h"

#include "base/mem.h"

enum {
    SET_MIN = 8,   /* fewer members are no set */
    CHAIN_MAX = 4, /* single values that are tried one after the other at the end of the tree */
    FIRST_ROOM = 16,
};

/* -- finding */

/* What kind of set a match could belong to.  Doubtful ones are none: they get their own message. */
static enum set_kind kind_of(const struct layout *at, const struct match *m)
{
    const struct operand *id = &m->id;
    u32 low, high;

    if (m->dir < DIR_SRC || m->dir > DIR_OR)
        return SET_NONE;
    switch (m->type) {
    case TYPE_PORT:
    case TYPE_PORTRANGE:
        if (m->proto != Q_ANY && m->proto != Q_TCP && m->proto != Q_UDP && m->proto != Q_SCTP)
            return SET_NONE;
        return set_port_interval(m, &low, &high) ? SET_PORT : SET_NONE;
    case TYPE_HOST:
    case TYPE_NET: break;
    default: return SET_NONE;
    }
    if (id->kind == OPERAND_MAC && m->proto == Q_LINK && m->type == TYPE_HOST)
        return at->addresses >= ADDRESSES_ETHER && at->addresses <= ADDRESSES_FC ? SET_MAC
                                                                                 : SET_NONE;
    bool masked = id->mask_kind != MASK_NONE;
    if (masked && (id->mask_kind != MASK_LENGTH || m->type != TYPE_NET))
        return SET_NONE;
    if (id->kind == OPERAND_IP6 && (m->proto == Q_ANY || m->proto == Q_IP6))
        return !masked || set_is_net6(id) ? SET_IP6 : SET_NONE;
    if (id->kind == OPERAND_IP4 && id->parts > 0 && (m->proto == Q_ANY || m->proto == Q_IP))
        return !masked || set_is_net4(id) ? SET_IP4 : SET_NONE;
    return SET_NONE;
}

/* Words that a field is compared with. */
static u32 words_of(const struct match *m)
{
    if (m->id.kind != OPERAND_IP6 || m->id.mask_kind != MASK_LENGTH)
        return UINT32_MAX;
    return (m->id.mask + 31) / 32;
}

/* Whether one match loads nothing that another, of the same kind, has not loaded when it says no. */
static bool is_within_loads(const struct match *m, const struct match *of)
{
    for (enum set_field f = SET_SRC; f < SET_FIELDS; f++)
        if (set_asks(m, f) && !set_asks(of, f))
            return false;
    return words_of(m) <= words_of(of);
}

/*
 * Whether a match can be decided where a set begins. `run` is the set of which all are that stand before
 * it, from the first member on: then all that it loads would come next anyway, but in MAC addresses, of
 * which the destination comes first in the packet and the source is asked first.
 */
static bool may_join(const struct set *s, const struct match *m, const struct set *run)
{
    return (s == run && s->kind != SET_MAC) || is_within_loads(m, s->first);
}

static struct set *set_for(struct lower *l, struct set **sets, enum set_kind kind,
                           const struct layout *at, const struct match *m, const struct set *run)
{
    for (struct set *s = *sets; s != NULL; s = s->next)
        if (s->kind == kind && s->at == at && s->first->proto == m->proto && may_join(s, m, run))
            return s;
    struct set *s = arena_new(l->ir->arena, struct set, 1);
    if (s == NULL)
        return NULL;
    *s = (struct set){ .next = *sets, .kind = kind, .at = at, .first = m };
    *sets = s;
    return s;
}

static void add_member(struct lower *l, struct set *s, const struct match *m)
{
    if (s->count == s->room) {
        u32 room = s->room > 0 ? 2 * s->room : FIRST_ROOM;
        const struct match **more = arena_new(l->ir->arena, const struct match *, room);
        if (more == NULL)
            return;
        if (s->count > 0)
            memcpy(more, s->members, s->count * sizeof *more);
        s->members = more;
        s->room = room;
    }
    s->members[s->count++] = m;
}

/* The match that a child of a list contributes: itself, or what is under its `not`. */
static const struct ast *member_of(const struct ast *list, const struct ast *child)
{
    if (list->kind == AST_AND)
        child = child->kind == AST_NOT ? child->child : NULL;
    return child != NULL && child->kind == AST_MATCH ? child : NULL;
}

void set_find(struct lower *l, struct set **of_leaf, struct layout *const *layouts,
              const struct ast *list)
{
    struct set *sets = NULL, *run = NULL;

    if (list->list.count < SET_MIN || !l->sets)
        return;
    for (const struct ast *c = list->list.first; c != NULL; c = c->next) {
        const struct ast *n = member_of(list, c);
        enum set_kind kind = n != NULL ? kind_of(layouts[n->leaf], &n->match) : SET_NONE;
        struct set *s = kind != SET_NONE ? set_for(l, &sets, kind, layouts[n->leaf], &n->match, run)
                                         : NULL;
        run = s != NULL && (s == run || s->count == 0) ? s : NULL;
        if (s == NULL)
            continue;
        if (s->count == 0)
            s->leaf = n->leaf;
        add_member(l, s, &n->match);
        of_leaf[n->leaf] = s;
    }
    for (const struct ast *c = list->list.first; c != NULL; c = c->next) {
        const struct ast *n = member_of(list, c);
        if (n != NULL && of_leaf[n->leaf] != NULL && of_leaf[n->leaf]->count < SET_MIN)
            of_leaf[n->leaf] = NULL;
    }
}

const struct test *set_lower(struct lower *l, const struct set *set, struct exits to)
{
    bool all = set->kind == SET_PORT && set->count == l->leaf_count;

    l->made = all ? SETS_ALL_PORTS : SETS_SOME;
    switch (set->kind) {
    case SET_IP4: return set_lower_ip4(l, set, to);
    case SET_IP6: return set_lower_ip6(l, set, to);
    case SET_MAC: return set_lower_mac(l, set, to);
    default: return set_lower_port(l, set, to);
    }
}

/* -- deciding */

/* Restores the heap's order below i: no interval is below one of its two children. */
static void sift(struct interval *all, u32 i, u32 count)
{
    for (;;) {
        u32 most = i, left = 2 * i + 1;
        if (left < count && all[left].low > all[most].low)
            most = left;
        if (left + 1 < count && all[left + 1].low > all[most].low)
            most = left + 1;
        if (most == i)
            return;
        struct interval swap = all[i];
        all[i] = all[most];
        all[most] = swap;
        i = most;
    }
}

static void sort(struct interval *all, u32 count)
{
    for (u32 i = count / 2; i-- > 0;)
        sift(all, i, count);
    for (u32 n = count; n-- > 1;) {
        struct interval swap = all[0];
        all[0] = all[n];
        all[n] = swap;
        sift(all, 0, n);
    }
}

/* Joins sorted intervals that overlap or touch and lead to the same place; returns how many are
 * left. */
static u32 join(struct interval *all, u32 count)
{
    u32 kept = 0;
    for (u32 i = 1; i < count; i++) {
        struct interval *last = &all[kept];
        bool touches = all[i].low <= last->high || all[i].low - last->high == 1;
        if (!touches || all[i].to != last->to)
            all[++kept] = all[i];
        else if (all[i].high > last->high)
            last->high = all[i].high;
    }
    return kept + 1;
}

struct decision {
    struct lower *l;
    const struct value *value;
    const struct interval *all;
    const struct test *no;
    const char *what;
};

static const struct test *compare(const struct decision *d, enum cmp op, u32 k,
                                  const struct test *yes, const struct test *no)
{
    return lower_is(d->l, op, d->value, k, (struct exits){ yes, no }, d->what);
}

/* One interval, of which the lower bound is known to hold when `above`. */
static const struct test *one(const struct decision *d, const struct interval *i, bool above,
                              const struct test *no)
{
    if (i->low == i->high)
        return compare(d, CMP_EQ, i->low, i->to, no);
    const struct test *upper = compare(d, CMP_GT, i->high, no, i->to);
    return above ? upper : compare(d, CMP_GE, i->low, upper, no);
}

/* The intervals from `from` up to before `until`; `above`: the value is not below the first. */
static const struct test *tree(const struct decision *d, u32 from, u32 until, bool above)
{
    bool single = until - from <= CHAIN_MAX;
    for (u32 i = from; single && i < until; i++)
        single = d->all[i].low == d->all[i].high;
    if (single || until - from == 1) {
        const struct test *no = d->no;
        for (u32 i = until; i-- > from;)
            no = one(d, &d->all[i], above && i == from, no);
        return no;
    }
    u32 middle = from + (until - from) / 2;
    const struct test *right = tree(d, middle, until, true), *left = tree(d, from, middle, above);
    return compare(d, CMP_GE, d->all[middle].low, right, left);
}

const struct test *set_decide(struct lower *l, const struct value *value, struct interval *all,
                              u32 count, const struct test *no, const char *what)
{
    struct decision d = { .l = l, .value = value, .all = all, .no = no, .what = what };

    if (count == 0)
        return no;
    sort(all, count);
    return tree(&d, 0, join(all, count), false);
}
