/* Lists of addresses: IPv4 with ARP and RARP, IPv6, Ethernet. */
#include "base/bytes.h"
#include "base/ethertype.h"
#include "base/mem.h"
#include "bpf/lower_set.h"

enum { IP_SRC = 12, IP_DST = 16, ARP_SPA = 14, ARP_TPA = 24, IP6_SRC = 8, IP6_DST = 24 };
enum { IP6_BYTES = 16, MAC_BYTES = 6, ADDRESS_MAX = 16 };

/* -- IPv4 */

static u32 mask_of(const struct operand *id)
{
    if (id->mask_kind == MASK_LENGTH)
        return id->mask > 0 ? 0xffffffffu << (32 - id->mask) : 0;
    return 0xffffffffu << 8 * (4u - id->parts);
}

bool set_is_net4(const struct operand *id)
{
    return id->mask <= 32 && (id->number & ~mask_of(id)) == 0;
}

/* A field: one of the members that ask about it. */
static const struct test *ip4_field(struct lower *l, const struct set *set, enum set_field field,
                                    const struct value *address, struct exits to)
{
    struct interval *all = arena_new(l->ir->arena, struct interval, set->count);
    u32 count = 0;

    for (u32 i = 0; all != NULL && i < set->count; i++) {
        const struct operand *id = &set->members[i]->id;
        u32 mask = mask_of(id);
        if (set_asks(set->members[i], field))
            all[count++] = (struct interval){ id->number & mask, id->number | ~mask, to.yes };
    }
    return set_decide(l, address, all, count, to.no, "IPv4 address");
}

/* Whether some member asks about a field. */
static bool asks(const struct set *set, enum set_field field)
{
    for (u32 i = 0; i < set->count; i++)
        if (set_asks(set->members[i], field))
            return true;
    return false;
}

/* ip host ... */
static const struct test *ip4_only(struct lower *l, const struct set *set, struct exits to)
{
    struct place network = lower_network(set->at);
    struct exits found = to;

    found.no = ip4_field(l, set, SET_DST, lower_load(l, network, IP_DST, 4), found);
    found.no = ip4_field(l, set, SET_SRC, lower_load(l, network, IP_SRC, 4), found);
    to.yes = found.no;
    return lower_type(l, set->at, ETHERTYPE_IP, to);
}

/* Puts a field of IP, ARP or RARP into the variable and goes on; any other packet goes to `no`. */
static const struct test *load_address(struct lower *l, const struct set *set, u32 in_ip,
                                       u32 in_arp, const struct value *variable,
                                       const struct test *next, const struct test *no)
{
    struct place network = lower_network(set->at);
    struct reason why = lower_why(l, "IPv4 address");
    struct exits to = { ir_let(l->ir, variable, lower_load(l, network, in_arp, 4), next, why), no };

    to.no = lower_type(l, set->at, ETHERTYPE_REVARP, to);
    to.no = lower_type(l, set->at, ETHERTYPE_ARP, to);
    to.yes = ir_let(l->ir, variable, lower_load(l, network, in_ip, 4), next, why);
    return lower_type(l, set->at, ETHERTYPE_IP, to);
}

/*
 * host ...: a variable holds the address, so that one decision serves IP and ARP.
 */
const struct test *set_lower_ip4(struct lower *l, const struct set *set, struct exits to)
{
    if (set->first->proto == Q_IP || set->at->labels > 0)
        return ip4_only(l, set, to);
    if (asks(set, SET_DST)) {
        const struct value *dst = ir_variable(l->ir);
        to.no = load_address(l, set, IP_DST, ARP_TPA, dst, ip4_field(l, set, SET_DST, dst, to),
                             to.no);
    }
    if (asks(set, SET_SRC)) {
        const struct value *src = ir_variable(l->ir);
        to.no = load_address(l, set, IP_SRC, ARP_SPA, src, ip4_field(l, set, SET_SRC, src, to),
                             to.no);
    }
    return to.no;
}

/* -- longer addresses, word by word */

/* What addresses of several words begin with: all that begin with the first `bits` bits. */
struct key {
    u8 bytes[ADDRESS_MAX]; /* 0 behind the bits */
    u32 bits;
};

/* A decision about one field of several words. */
struct words {
    struct lower *l;
    struct place field;
    const struct key *keys; /* sorted, none within another */
    u32 bytes;
    struct exits to;
    const char *what;
};

/* The pieces of a key, from its front: two bytes and a word for Ethernet, words for IPv6. */
static u32 piece_at(const struct words *w, u32 piece)
{
    u32 first = w->bytes % 4;
    return first == 0 ? 4 * piece : piece == 0 ? 0 : first + 4 * (piece - 1);
}

static u32 piece_size(const struct words *w, u32 piece)
{
    return w->bytes % 4 != 0 && piece == 0 ? w->bytes % 4 : 4;
}

static u32 piece_value(const struct words *w, u32 key, u32 piece)
{
    const u8 *at = w->keys[key].bytes + piece_at(w, piece);
    return piece_size(w, piece) == 2 ? load_be16(at) : load_be32(at);
}

/* Bits of a piece that a key leaves open, as a mask. */
static u32 piece_open(const struct words *w, u32 key, u32 piece)
{
    u32 end = 8 * (piece_at(w, piece) + piece_size(w, piece));
    u32 open = end > w->keys[key].bits ? end - w->keys[key].bits : 0;
    return open > 0 ? UINT32_MAX >> (32 - open) : 0;
}

/* The keys from `from` up to before `until`, which agree in all pieces before this one. */
static const struct test *decide_words(const struct words *w, u32 from, u32 until, u32 piece)
{
    struct lower *l = w->l;
    if (8 * piece_at(w, piece) >= w->keys[from].bits)
        return w->to.yes; /* it is the only one, then */
    u32 count = 0;
    struct interval *all = arena_new(l->ir->arena, struct interval, until - from);
    for (u32 i = from; all != NULL && i < until;) {
        u32 value = piece_value(w, i, piece), open = piece_open(w, i, piece), end = i + 1;
        while (end < until && piece_value(w, end, piece) == value)
            end++;
        all[count++] = (struct interval){ value, value | open, decide_words(w, i, end, piece + 1) };
        i = end;
    }
    const struct value *word = lower_load(l, w->field, piece_at(w, piece),
                                          (u8)piece_size(w, piece));
    return all != NULL ? set_decide(l, word, all, count, w->to.no, w->what) : w->to.no;
}

static void swap_keys(struct key *a, struct key *b)
{
    struct key t = *a;
    *a = *b;
    *b = t;
}

/* Whether a key stands behind another one: a shorter prefix stands before what is within it. */
static bool is_behind(const struct key *a, const struct key *b)
{
    int order = memcmp(a->bytes, b->bytes, ADDRESS_MAX);
    return order != 0 ? order > 0 : a->bits > b->bits;
}

static void sift_keys(struct key *keys, u32 i, u32 count)
{
    for (;;) {
        u32 most = i, left = 2 * i + 1;
        if (left < count && is_behind(&keys[left], &keys[most]))
            most = left;
        if (left + 1 < count && is_behind(&keys[left + 1], &keys[most]))
            most = left + 1;
        if (most == i)
            return;
        swap_keys(&keys[i], &keys[most]);
        i = most;
    }
}

/* Whether the addresses that begin with `inner` all begin with `outer`, too. */
static bool is_within(const struct key *inner, const struct key *outer)
{
    u32 bytes = outer->bits / 8, left = outer->bits % 8;

    return outer->bits <= inner->bits && memcmp(inner->bytes, outer->bytes, bytes) == 0 &&
           (left == 0 || (inner->bytes[bytes] ^ outer->bytes[bytes]) >> (8 - left) == 0);
}

bool set_is_net6(const struct operand *id)
{
    struct key net = { .bits = id->mask };

    if (id->mask == 0 || id->mask > 8 * IP6_BYTES)
        return false;
    memcpy(net.bytes, id->bytes, IP6_BYTES);
    for (u32 bit = net.bits; bit < 8 * IP6_BYTES; bit++)
        if ((net.bytes[bit / 8] >> (7 - bit % 8) & 1) != 0)
            return false;
    return true;
}

/* The members that ask about a field as sorted keys of up to `bytes` bytes; sets their number. */
static const struct key *sorted_keys(struct lower *l, const struct set *set, enum set_field field,
                                        u32 bytes, u32 *count)
{
    struct key *keys = arena_new(l->ir->arena, struct key, set->count);
    u32 n = 0;

    *count = 0;
    for (u32 i = 0; keys != NULL && i < set->count; i++) {
        const struct operand *id = &set->members[i]->id;
        if (!set_asks(set->members[i], field))
            continue;
        memcpy(keys[n].bytes, id->bytes, bytes);
        keys[n++].bits = id->mask_kind == MASK_LENGTH ? id->mask : 8 * bytes;
    }
    for (u32 i = n / 2; i-- > 0;)
        sift_keys(keys, i, n);
    for (u32 i = n; i-- > 1;) {
        swap_keys(&keys[0], &keys[i]);
        sift_keys(keys, 0, i);
    }
    for (u32 i = 0; i < n; i++)
        if (*count == 0 || !is_within(&keys[i], &keys[*count - 1]))
            keys[(*count)++] = keys[i];
    return keys;
}

/* Both fields; their offsets are from `header`. */
static const struct test *both_fields(struct lower *l, const struct set *set, struct place header,
                                      u32 src, u32 dst, u32 bytes, struct exits to,
                                      const char *what)
{
    struct words w = { .l = l, .bytes = bytes, .to = to, .what = what };
    const u32 offsets[SET_FIELDS] = { [SET_SRC] = src, [SET_DST] = dst };

    for (enum set_field f = SET_FIELDS; f-- > 0;) {
        u32 count;
        w.keys = sorted_keys(l, set, f, bytes, &count);
        w.field = place_add(header, offsets[f]);
        if (count > 0)
            w.to.no = decide_words(&w, 0, count, 0);
    }
    return w.to.no;
}

const struct test *set_lower_ip6(struct lower *l, const struct set *set, struct exits to)
{
    to.yes = both_fields(l, set, lower_network(set->at), IP6_SRC, IP6_DST, IP6_BYTES, to,
                         "IPv6 address");
    return lower_type(l, set->at, ETHERTYPE_IPV6, to);
}

const struct test *set_lower_mac(struct lower *l, const struct set *set, struct exits to)
{
    u32 src, dst;
    lower_mac_offsets(set->at, &src, &dst);
    to.yes = both_fields(l, set, set->at->header, src, dst, MAC_BYTES, to, "link-layer address");
    return lower_has_header(l, set->at, to);
}
