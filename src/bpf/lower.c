/* The walk over the tree, and the small parts that every primitive uses. */
#include "bpf/lower.h"
#include "bpf/lower_set.h"

#include <stdarg.h>

#include "base/bytes.h"
#include "base/format.h"
#include "base/linktype.h"
#include "base/mem.h"

enum { MESSAGE_MAX = 200 };

static const struct test *fail_at(struct lower *l, struct span at, const char *fmt, va_list ap)
{
    /* Work goes from right to left, but people read the leftmost failure first. */
    if (l->diag->set && at.beg < l->diag->at.beg) {
        l->diag->set = false;
        l->diag->hint = STR_EMPTY;
    }
    char buffer[MESSAGE_MAX];
    struct out o = out_fixed(buffer, sizeof buffer);
    out_vformat(&o, NULL, fmt, ap);
    struct str text = out_text(&o);
    char *kept = arena_raw(l->ir->arena, char, text.len);
    if (kept == NULL)
        return l->ir->reject; /* the filter is too large, which the caller will tell */
    memcpy(kept, text.p, text.len);
    diag_fail_text(l->diag, at, str_make(kept, text.len));
    return l->ir->reject;
}

const struct test *lower_fail(struct lower *l, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    const struct test *reject = fail_at(l, l->at, fmt, ap);
    va_end(ap);
    return reject;
}

const struct test *lower_fail_id(struct lower *l, const struct match *m, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    const struct test *reject = fail_at(l, m->id.at, fmt, ap);
    va_end(ap);
    return reject;
}

const struct test *lower_fail_mac(struct lower *l, const struct match *m)
{
    lower_fail_id(l, m, "ethernet address used in non-ether expression");
    diag_hint(l->diag, "a MAC address goes with \"ether\"");
    return l->ir->reject;
}

const char *lower_link_name(const struct lower *l)
{
    const struct linktype_info *info = linktype_info(l->options->linktype);

    return info != NULL ? linktype_text(info) : "this link type";
}

const struct test *lower_fail_link(struct lower *l, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    const struct test *reject = fail_at(l, l->at, fmt, ap);
    va_end(ap);
    diag_hint(l->diag, "the link type here is %s", lower_link_name(l));
    return reject;
}

struct reason lower_why(const struct lower *l, const char *what)
{
    return (struct reason){ .at = l->at, .what = what };
}

const struct value *lower_load(struct lower *l, struct place at, u32 offset, u8 size)
{
    return ir_load(l->ir, size, at.base, at.k + offset);
}

const struct test *lower_is(struct lower *l, enum cmp op, const struct value *value, u32 k,
                            struct exits to, const char *what)
{
    return ir_test(l->ir, op, value, ir_const(l->ir, k), to.yes, to.no, lower_why(l, what));
}

const struct test *lower_field(struct lower *l, struct place at, u32 offset, u8 size, u32 mask,
                               u32 k, struct exits to, const char *what)
{
    const struct value *field = lower_load(l, at, offset, size);
    if (mask != UINT32_MAX)
        field = ir_alu(l->ir, ALU_AND, field, ir_const(l->ir, mask));
    return lower_is(l, CMP_EQ, field, k, to, what);
}

const struct test *lower_bytes(struct lower *l, struct place at, u32 offset, const void *bytes,
                               u32 n, struct exits to, const char *what)
{
    const u8 *p = bytes;
    /* Made from the front, so tested from the end: that is where addresses differ most. */
    for (u32 done = 0; done < n;) {
        u32 left = n - done;
        u32 size = left % 4 == 0 ? 4 : left % 2 == 0 ? 2 : 1;
        u32 k = size == 4 ? load_be32(p + done) : size == 2 ? load_be16(p + done) : p[done];
        to.yes = lower_is(l, CMP_EQ, lower_load(l, at, offset + done, (u8)size), k, to, what);
        done += size;
    }
    return to.yes;
}

const struct test *lower_has_header(struct lower *l, const struct layout *at, struct exits to)
{
    enum { LANE_MARK = 4, LANE_CONTROL = 0xff00 };
    if (at->lane) {
        const struct value *mark = ir_load(l->ir, 2, NULL, LANE_MARK);
        return lower_is(l, CMP_EQ, mark, LANE_CONTROL, swapped(to),
                        "a LAN emulation control frame");
    }
    if (at->geneve) /* without an Ethernet header both begin at the same place */
        return ir_test(l->ir, CMP_EQ, at->header.base, at->payload.base, to.no, to.yes,
                       lower_why(l, "no Ethernet header inside"));
    return to.yes;
}

/* less N, greater N */
static const struct test *length(struct lower *l, const struct ast *n, struct exits to)
{
    const struct value *len = ir_len(l->ir);
    if (n->length.greater)
        return lower_is(l, CMP_GE, len, n->length.number, to, "length of the packet");
    return lower_is(l, CMP_GT, len, n->length.number, swapped(to), "length of the packet");
}

/* An operand with qualifiers. */
static const struct test *match(struct lower *l, const struct layout *at, const struct match *m,
                                struct exits to)
{
    switch (m->type) {
    case TYPE_PORT:
    case TYPE_PORTRANGE: return lower_port(l, at, m, to);
    case TYPE_PROTO: return lower_proto_match(l, at, m, to);
    case TYPE_PROTOCHAIN: return lower_protochain(l, at, m, to);
    case TYPE_GATEWAY: return lower_gateway(l, at, m, to);
    default: return lower_host(l, at, m, to);
    }
}

/* `behind` is the layout of what stands on the right. */
static const struct test *leaf(struct lower *l, const struct layout *at,
                               const struct layout *behind, const struct ast *n, struct exits to)
{
    l->at = n->at;
    switch (n->kind) {
    case AST_COMPARE: return lower_compare(l, at, n, to);
    case AST_MATCH: return match(l, at, &n->match, to);
    case AST_PROTOCOL: return lower_protocol(l, at, n->proto, to);
    case AST_BROADCAST: return lower_broadcast(l, at, n->proto, to);
    case AST_MULTICAST: return lower_multicast(l, at, n->proto, to);
    case AST_LENGTH: return length(l, n, to);
    case AST_BYTE: return lower_byte(l, at, n, to);
    case AST_INBOUND:
    case AST_OUTBOUND: return lower_direction(l, at, n->kind == AST_INBOUND, to);
    case AST_IFINDEX: return lower_ifindex(l, at, n->number, to);
    case AST_ENCAP: return lower_encap(l, at, behind, n, to);
    case AST_PF: return lower_pf(l, at, n, to);
    case AST_WLAN: return lower_wlan_type(l, at, n, to);
    case AST_WLAN_DIR: return lower_wlan_dir(l, at, n->number, to);
    case AST_LLC: return lower_llc(l, at, n, to);
    case AST_FIELD: return lower_number_field(l, at, n, to);
    default: return lower_cell(l, at, n->cell, to);
    }
}

/* What the walk over the tree has at hand, by leaf. */
struct walk {
    struct lower *l;
    struct layout **layouts; /* one more than leaves: the last is behind the whole expression */
    struct set **sets;       /* that a leaf is a member of, or NULL */
};

/* A leaf.  Of a set only the first member counts: there all of it is decided. */
static const struct test *leaf_or_set(struct walk *w, const struct ast *n, struct exits to)
{
    const struct set *set = w->sets[n->leaf];
    if (set == NULL)
        return leaf(w->l, w->layouts[n->leaf], w->layouts[n->leaf + 1], n, to);
    if (set->leaf != n->leaf)
        return to.no;
    w->l->at = n->at;
    return set_lower(w->l, set, to);
}

/*
 * Any node.  The first child of a list is handled by going round, so a chain that nests to the
 * left as deep as the text is long needs no stack; other children are no deeper than the brackets.
 */
static const struct test *node(struct walk *w, const struct ast *n, struct exits to)
{
    for (;;) {
        switch (n->kind) {
        case AST_AND:
            set_find(w->l, w->sets, w->layouts, n);
            for (const struct ast *c = n->list.last; c != n->list.first; c = c->prev)
                to.yes = node(w, c, to);
            n = n->list.first;
            break;
        case AST_OR:
            set_find(w->l, w->sets, w->layouts, n);
            for (const struct ast *c = n->list.last; c != n->list.first; c = c->prev)
                to.no = node(w, c, to);
            n = n->list.first;
            break;
        case AST_NOT:
            to = swapped(to);
            n = n->child;
            break;
        default: return leaf_or_set(w, n, to);
        }
    }
}

/* The layout that the link type gives, before any encapsulation. */
static void start_layout(struct layout *at, const struct link_row *row)
{
    *at = (struct layout){
        .link = row,
        .spelling = (enum spelling)row->spelling,
        .addresses = (enum addresses)row->addresses,
        .header = { NULL, row->header },
        .type = { NULL, row->type },
        .payload = { NULL, row->payload },
        .network = row->network,
        .osi = row->osi,
        .features = row->features,
    };
}

const struct test *lower_filter(const struct parsed *parsed, const struct filter_options *options, bool sets,
                                struct ir *ir, enum lower_sets *made, struct diag *doubt, struct diag *diag)
{
    struct link_row fallback;
    struct lower l = { .ir = ir,
                       .diag = diag,
                       .doubt = doubt,
                       .options = options,
                       .leaf_count = parsed->leaf_count,
                       .sets = sets };
    struct exits to = { ir->accept, ir->reject };
    *made = SETS_NONE;
    if (parsed->root == NULL)
        return ir->accept;

    /* Left to right: every leaf sees what stands on its left. */
    struct layout **layouts = arena_raw(ir->arena, struct layout *, (size_t)parsed->leaf_count + 1);
    struct set **of_leaf = arena_new(ir->arena, struct set *, parsed->leaf_count);
    struct layout *now = arena_raw(ir->arena, struct layout, 1);
    struct walk w = { &l, layouts, of_leaf };
    if (layouts == NULL || of_leaf == NULL || now == NULL)
        return NULL;
    start_layout(now, link_find(options->linktype, &fallback));
    lower_wlan_start(&l, now);
    lower_plain_start(&l, now);
    for (u32 i = 0; i < parsed->leaf_count; i++) {
        const struct ast *n = parsed->leaves[i];
        layouts[i] = now;
        if (n->kind != AST_ENCAP && n->kind != AST_CELL)
            continue;
        struct layout *next = arena_raw(ir->arena, struct layout, 1);
        if (next == NULL)
            return NULL;
        *next = lower_layout_behind(&l, now, n);
        now = next;
    }
    layouts[parsed->leaf_count] = now;
    const struct test *root = node(&w, parsed->root, to);
    l.at = parsed->root->at;
    *made = l.made;
    if (diag->set)
        return NULL;
    return lower_wlan_root(&l, layouts[0], lower_plain_root(&l, parsed, layouts[0], root));
}
