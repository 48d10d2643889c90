/*
 * Comparisons of arithmetic: `tcp[12] & 0xf0 >> 2 != 20`.
 *
 * An access such as tcp[12] holds a condition as well: the packet must be TCP over IPv4, and no
 * later fragment.  The conditions of both sides come first, then the comparison.  Of the operands of
 * one side only the leftmost brings its condition along, which many expressions in use rely on.
 */
#include "base/ethertype.h"
#include "base/ipproto.h"
#include "bpf/lower.h"

enum { CONDITIONS_MAX = 64, SHIFTS_MAX = 16, SHIFT_LIMIT = 32, IP6_NEXT = 6, IP6_HEADER = 40 };

/* A shift whose count is not known to be below 32: the machine counts modulo 32, the language
 * does not, so beyond that the result is 0. */
struct shift {
    const struct value *variable, *count, *shifted;
};

/* What evaluating both sides needs. */
struct evaluation {
    struct lower *l;
    const struct layout *at;
    u8 protos[CONDITIONS_MAX]; /* enum q_proto of the accesses, in order, each once */
    u32 proto_count;
    struct shift shifts[SHIFTS_MAX];
    u32 shift_count;
    const char *doubt; /* what is wrong with a computed number; NULL when nothing is */
    bool ends;         /* it is a divisor, and zero: packets that get there are rejected */
};

static void add_condition(struct evaluation *e, enum q_proto proto)
{
    for (u32 i = 0; i < e->proto_count; i++)
        if (e->protos[i] == proto)
            return;
    e->protos[e->proto_count++] = (u8)proto; /* there are fewer protocols than room */
}

/* Where the header of a protocol begins; false when it cannot be indexed. */
static bool find_header(struct evaluation *e, enum q_proto proto, struct place *header)
{
    struct lower *l = e->l;
    struct place network = lower_network(e->at);

    switch (proto) {
    case Q_RADIO:
        if (e->at->link->prefix < PREFIX_RADIOTAP || e->at->link->prefix > PREFIX_PRISM) {
            lower_fail(l, "radio information not present in capture");
            return false;
        }
        *header = (struct place){ NULL, 0 };
        return true;
    case Q_LINK: *header = e->at->header; break;
    case Q_ARP: case Q_RARP: case Q_ATALK: case Q_DECNET: case Q_LAT: case Q_SCA: case Q_MOPRC: case Q_MOPDL:
        if (e->at->labels > 0) { /* also where the question for it is forgotten, see binary() */
            lower_fail(l, "unsupported protocol over mpls");
            return false;
        }
        *header = network;
        break;
    case Q_IP: case Q_IP6: *header = network; break;
    case Q_TCP: case Q_UDP: case Q_SCTP: case Q_ICMP: case Q_IGMP: case Q_IGRP: case Q_PIM: case Q_VRRP:
    case Q_CARP:
        *header = e->at->plain ? lower_plain_transport(l, e->at) : lower_behind_ip(l, network);
        break;
    case Q_ICMP6:
        *header = e->at->plain ? lower_plain_transport(l, e->at) : place_add(network, IP6_HEADER);
        break;
    default: lower_fail(l, "unsupported index operation"); return false;
    }
    add_condition(e, proto);
    return true;
}

/* The packet has the header that an access of this protocol reads. */
static const struct test *condition(struct lower *l, const struct layout *at, enum q_proto proto,
                                    struct exits to)
{
    switch (proto) {
    case Q_TCP: case Q_UDP: case Q_SCTP: case Q_ICMP: case Q_IGMP: case Q_IGRP: case Q_PIM: case Q_VRRP:
    case Q_CARP: {
        static const u8 numbers[Q_PROTO_COUNT] = {
            [Q_TCP] = IPPROTO_TCP, [Q_UDP] = IPPROTO_UDP, [Q_SCTP] = IPPROTO_SCTP, [Q_ICMP] = IPPROTO_ICMP,
            [Q_IGMP] = IPPROTO_IGMP, [Q_IGRP] = IPPROTO_PIGP, [Q_PIM] = IPPROTO_PIM,
            [Q_VRRP] = IPPROTO_VRRP, [Q_CARP] = IPPROTO_CARP,
        };
        if (at->plain) {
            to.yes = lower_plain_first(l, to);
            return lower_plain_proto(l, numbers[proto], to);
        }
        to.yes = lower_first_fragment(l, lower_network(at), to);
        return lower_proto(l, at, numbers[proto], Q_IP, to); /* as libpcap: IPv4 only */
    }
    case Q_ICMP6:
        if (at->plain) {
            to.yes = lower_plain_first(l, to);
            return lower_proto(l, at, IPPROTO_ICMPV6, Q_IP6, to);
        }
        to.yes = lower_field(l, lower_network(at), IP6_NEXT, 1, 0xff, IPPROTO_ICMPV6, to,
                             "next header of the IPv6 header");
        return lower_type(l, at, ETHERTYPE_IPV6, to);
    case Q_LINK: return lower_has_header(l, at, to);
    case Q_RADIO: return to.yes;
    default: return lower_protocol(l, at, proto, to);
    }
}

static const struct value *evaluate(struct evaluation *e, const struct arith *a);

/* Whether an expression is made of numbers only. */
static bool is_constant(const struct arith *a)
{
    switch (a->kind) {
    case ARITH_NUMBER: return true;
    case ARITH_NEGATE: return is_constant(a->a);
    case ARITH_BINARY: return is_constant(a->a) && is_constant(a->b);
    default: return false;
    }
}

static const struct value *load(struct evaluation *e, const struct arith *a)
{
    struct ir *ir = e->l->ir;
    struct place header;
    /* The question for IPv4 comes before what the offset needs, as in libpcap. */
    if (a->proto >= Q_TCP && a->proto <= Q_CARP && a->proto != Q_ICMP6 && !is_constant(a->a) &&
        !e->at->plain)
        add_condition(e, Q_IP);
    const struct value *offset = evaluate(e, a->a);

    if (offset == NULL || !find_header(e, a->proto, &header))
        return NULL;
    if (header.base != NULL)
        offset = ir_alu(ir, ALU_ADD, header.base, offset);
    return ir_load(ir, (u8)a->size, offset, header.k);
}

/*
 * The number that an expression begins with, which is what libpcap judges the right side of an
 * operator by: 40 of `link[40]`, 3 of `3 + len`.  False when it begins with something else.
 */
static bool first_number(const struct arith *a, u32 *number)
{
    while (a->kind == ARITH_LOAD || a->kind == ARITH_BINARY || a->kind == ARITH_NEGATE)
        a = a->a;
    *number = a->number;
    return a->kind == ARITH_NUMBER;
}

/* Records that the right side of an operator will not do, and why a load there does not help. */
static const struct value *fail_operand(struct lower *l, const struct arith *right,
                                        const char *what)
{
    lower_fail(l, "%s", what);
    if (!is_constant(right))
        diag_hint(
            l->diag,
            "as libpcap, which goes by the first number on the right; \"1 * ...\" there avoids it");
    return NULL;
}

static const struct value *shift(struct evaluation *e, const struct arith *a,
                                 const struct value *left, const struct value *count)
{
    struct ir *ir = e->l->ir;
    enum alu_op op = a->op == ARITH_LSH ? ALU_LSH : ALU_RSH;
    u32 number;

    if (first_number(a->b, &number) && number >= SHIFT_LIMIT)
        return fail_operand(e->l, a->b, "shift by more than 31 bits");
    if (count->kind == VALUE_CONST && count->k >= SHIFT_LIMIT) {
        if (left->kind != VALUE_CONST)
            e->doubt = "shift by more than 31 bits";
        return ir_const(ir, 0);
    }
    const struct value *shifted = ir_alu(ir, op, left, count);
    if (count->mask < SHIFT_LIMIT || ir->as_written)
        return shifted;
    if (e->shift_count == SHIFTS_MAX) {
        lower_fail(e->l, "more than %d shifts by values that may exceed 31", SHIFTS_MAX);
        return NULL;
    }
    struct shift *s = &e->shifts[e->shift_count++];
    *s = (struct shift){ ir_variable(ir), count, shifted };
    return s->variable;
}

static const struct value *binary(struct evaluation *e, const struct arith *a)
{
    static const u8 ops[] = {
        [ARITH_ADD] = ALU_ADD, [ARITH_SUB] = ALU_SUB, [ARITH_MUL] = ALU_MUL, [ARITH_DIV] = ALU_DIV,
        [ARITH_MOD] = ALU_MOD, [ARITH_AND] = ALU_AND, [ARITH_OR] = ALU_OR,   [ARITH_XOR] = ALU_XOR,
    };
    const struct value *left = evaluate(e, a->a);
    u32 conditions = e->proto_count;
    const struct value *right = left != NULL ? evaluate(e, a->b) : NULL;

    e->proto_count = conditions; /* as libpcap: an operator forgets what its right side needs */
    if (right == NULL)
        return NULL;
    if (a->op == ARITH_LSH || a->op == ARITH_RSH)
        return shift(e, a, left, right);
    /* A zero that is only found in the packet ends the program. */
    if (a->op == ARITH_DIV || a->op == ARITH_MOD) {
        const char *what = a->op == ARITH_DIV ? "division by zero" : "modulus by zero";
        u32 number;
        if (first_number(a->b, &number) && number == 0)
            return fail_operand(e->l, a->b, what);
        if (right->kind == VALUE_CONST && right->k == 0) {
            e->doubt = what;
            e->ends = true;
        }
    }
    return ir_alu(e->l->ir, (enum alu_op)ops[a->op], left, right);
}

/* The value of an expression, whose conditions are noted in `e`; NULL after an error. */
static const struct value *evaluate(struct evaluation *e, const struct arith *a)
{
    struct ir *ir = e->l->ir;
    switch (a->kind) {
    case ARITH_NUMBER: return ir_const(ir, a->number);
    case ARITH_LEN: return ir_len(ir);
    case ARITH_LOAD: return load(e, a);
    case ARITH_NEGATE: {
        const struct value *inner = evaluate(e, a->a);
        return inner != NULL ? ir_alu(ir, ALU_NEG, inner, NULL) : NULL;
    }
    default: return binary(e, a);
    }
}

const struct test *lower_relation(struct lower *l, enum relation relation, const struct value *left,
                                  const struct value *right, struct exits to)
{
    static const struct {
        u8 op;
        bool negated;
    } rows[] = {
        [REL_EQ] = { CMP_EQ, false }, [REL_NE] = { CMP_EQ, true },  [REL_GT] = { CMP_GT, false },
        [REL_LE] = { CMP_GT, true },  [REL_GE] = { CMP_GE, false }, [REL_LT] = { CMP_GE, true },
    };
    if (rows[relation].negated)
        to = swapped(to);
    return ir_test(l->ir, (enum cmp)rows[relation].op, left, right, to.yes, to.no,
                   lower_why(l, "the comparison"));
}

/*
 * What stands for a comparison with a bad number in it.  libpcap's optimiser refuses those that it
 * meets, and meets only those that packets can get to; whether that is so is known when the passes
 * are done.  So a load stands there that no expression makes: see filter.c.
 */
static const struct test *doubtful(struct lower *l, const char *what, struct exits to)
{
    l->doubt->set = false; /* work goes from right to left: the leftmost is told */
    diag_fail(l->doubt, l->at, "%s", what);
    return lower_is(l, CMP_EQ, ir_meta(l->ir, BPF_AD_DOUBT), l->at.beg, to, what);
}

const struct test *lower_compare(struct lower *l, const struct layout *at, const struct ast *n,
                                 struct exits to)
{
    struct evaluation e = { .l = l, .at = at };
    const struct value *left = evaluate(&e, n->compare.left);
    const struct value *right = left != NULL ? evaluate(&e, n->compare.right) : NULL;
    const struct test *no = to.no;

    if (right == NULL)
        return no;
    bool doubt = e.doubt != NULL && l->options->optimise;
    /* Where dividing ends the program, it matters even if all exits lead to one place: these do not. */
    const struct exits leaves = { l->ir->accept, l->ir->reject };
    const struct test *test = doubt ? doubtful(l, e.doubt, e.ends ? leaves : to)
                                    : lower_relation(l, n->compare.relation, left, right, to);
    for (u32 i = e.shift_count; i-- > 0;) {
        const struct shift *s = &e.shifts[i];
        struct reason why = lower_why(l, "a shift by more than 31 bits gives 0");
        struct exits fits = { ir_let(l->ir, s->variable, ir_const(l->ir, 0), test, why),
                              ir_let(l->ir, s->variable, s->shifted, test, why) };
        test = lower_is(l, CMP_GE, s->count, SHIFT_LIMIT, fits, why.what);
    }
    for (u32 i = e.proto_count; i-- > 0;)
        test = condition(l, at, (enum q_proto)e.protos[i], (struct exits){ test, no });
    return test;
}
