/*
 * Lists: what many alternatives of one kind come to.
 *
 *      host a or host b or ... or host z
 *
 * A thousand tests one after the other would be slow and would not fit the kernel's limit.  Members
 * of a list that ask the same fields become one sorted decision, which is made where the first of
 * them stands: it loads nothing that the first, or those that follow it at once, do not load anyway.
 * In a list of `and` the same holds for members under `not`.
 *
 * `vlan 1 or vlan 2 or ...` is no such list: each `vlan` moves what stands to its right behind one more tag,
 * so the second asks about the second tag, and no two of them look at the same field.
 */
#ifndef BPF_LOWER_SET_H
#define BPF_LOWER_SET_H

#include "bpf/lower.h"

/* What the members of a set are. */
enum set_kind { SET_NONE, SET_IP4, SET_IP6, SET_MAC, SET_PORT };

/* Matches of one list that ask the same fields: they may differ in their operands and their
 * direction. */
struct set {
    struct set *next; /* of the same list */
    enum set_kind kind;
    const struct layout *at;
    const struct match *first;    /* with the protocol of all */
    const struct match **members; /* in the order of the text */
    u32 count, room;
    u32 leaf; /* of the first member */
};

/*
 * Finds the sets in a list and notes them in `of_leaf`, by leaf; `layouts` are by leaf as well.
 * Sets of few members are left to the optimiser.
 */
void set_find(struct lower *l, struct set **of_leaf, struct layout *const *layouts,
              const struct ast *list);

/* The decision about a whole set. */
const struct test *set_lower(struct lower *l, const struct set *set, struct exits to);

/* An interval of values, and where it leads. */
struct interval {
    u32 low, high; /* both inclusive */
    const struct test *to;
};

/*
 * Leads to where the interval leads that holds `value`, or to `no`.  Sorts the intervals and joins
 * those that touch; any that overlap must lead to the same place.
 */
const struct test *set_decide(struct lower *l, const struct value *value, struct interval *all,
                              u32 count, const struct test *no, const char *what);

/* The fields of a direction. */
enum set_field { SET_SRC, SET_DST, SET_FIELDS };

/* Whether a member asks about this field. */
static inline bool set_asks(const struct match *m, enum set_field field)
{
    return m->dir == DIR_OR || m->dir == (field == SET_SRC ? DIR_SRC : DIR_DST);
}

/* -- what the files of the members offer: they must be of the kind, and valid */

/* lower_set_host.c; the first two tell whether a mask has a length that suits, and all bits behind it
 * are 0 */
bool set_is_net4(const struct operand *id);
bool set_is_net6(const struct operand *id);
const struct test *set_lower_ip4(struct lower *l, const struct set *set, struct exits to);
const struct test *set_lower_ip6(struct lower *l, const struct set *set, struct exits to);
const struct test *set_lower_mac(struct lower *l, const struct set *set, struct exits to);

/* lower_port.c; the first tells whether a match is of ports that are written as numbers, and of
 * which */
bool set_port_interval(const struct match *m, u32 *low, u32 *high);
const struct test *set_lower_port(struct lower *l, const struct set *set, struct exits to);

#endif
