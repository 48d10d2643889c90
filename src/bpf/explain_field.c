/* The names of header fields, and the words that asked for them. */
#include "bpf/explanation.h"

#include "bpf/insn.h"

/* Fields that expressions read as bytes, by protocol, offset and size. */
struct field_row {
    u8 proto, offset, size;
    const char *name;
};

static const struct field_row rows[] = {
    { Q_LINK, 0, 1, "first byte of the destination address" },
    { Q_LINK, 12, 2, "EtherType" },
    { Q_IP, 0, 1, "version and header length of the IPv4 header" },
    { Q_IP, 1, 1, "DSCP and ECN of the IPv4 header" },
    { Q_IP, 2, 2, "total length of the IPv4 packet" },
    { Q_IP, 4, 2, "identification of the IPv4 packet" },
    { Q_IP, 6, 1, "flags of the IPv4 header" },
    { Q_IP, 6, 2, "flags and fragment offset of the IPv4 header" },
    { Q_IP, 8, 1, "time to live" },
    { Q_IP, 9, 1, "protocol of the IPv4 header" },
    { Q_IP, 10, 2, "checksum of the IPv4 header" },
    { Q_IP, 12, 4, "IPv4 source address" },
    { Q_IP, 16, 4, "IPv4 destination address" },
    { Q_IP, 16, 1, "first byte of the IPv4 destination address" },
    { Q_IP6, 4, 2, "payload length of the IPv6 header" },
    { Q_IP6, 6, 1, "next header of the IPv6 header" },
    { Q_IP6, 7, 1, "hop limit" },
    { Q_ARP, 6, 2, "operation of the ARP packet" },
    { Q_TCP, 0, 2, "TCP source port" },
    { Q_TCP, 2, 2, "TCP destination port" },
    { Q_TCP, 4, 4, "TCP sequence number" },
    { Q_TCP, 8, 4, "TCP acknowledgement number" },
    { Q_TCP, 12, 1, "length of the TCP header" },
    { Q_TCP, 13, 1, "TCP flags" },
    { Q_TCP, 14, 2, "TCP window" },
    { Q_TCP, 16, 2, "TCP checksum" },
    { Q_UDP, 0, 2, "UDP source port" },
    { Q_UDP, 2, 2, "UDP destination port" },
    { Q_UDP, 4, 2, "UDP length" },
    { Q_UDP, 6, 2, "UDP checksum" },
    { Q_ICMP, 0, 1, "ICMP type" },
    { Q_ICMP, 1, 1, "ICMP code" },
    { Q_ICMP6, 0, 1, "ICMPv6 type" },
    { Q_ICMP6, 1, 1, "ICMPv6 code" },
    { Q_SCTP, 0, 2, "SCTP source port" },
    { Q_SCTP, 2, 2, "SCTP destination port" },
};

/* The leftmost access of an arithmetic expression. */
static const struct arith *first_load(const struct arith *a)
{
    if (a == NULL || a->kind == ARITH_LOAD)
        return a;
    const struct arith *found = first_load(a->a);
    return found != NULL ? found : first_load(a->b);
}

/* The comparison that a test was made for, or NULL. */
static const struct ast *comparison(const struct parsed *parsed, const struct test *t)
{
    for (u32 i = 0; i < parsed->leaf_count; i++) {
        const struct ast *n = parsed->leaves[i];
        if (n->kind == AST_COMPARE && n->at.beg == t->why.at.beg && n->at.end == t->why.at.end)
            return n;
    }
    return NULL;
}

/* Constants in an offset fold to what the table has only when they are plain numbers. */
static const char *access_name(const struct ast *n)
{
    const struct arith *load = first_load(n->compare.left);
    if (load == NULL)
        load = first_load(n->compare.right);
    if (load == NULL || load->a->kind != ARITH_NUMBER)
        return NULL;
    for (size_t i = 0; i < countof(rows); i++)
        if (rows[i].proto == load->proto && rows[i].offset == load->a->number && rows[i].size == load->size)
            return rows[i].name;
    return NULL;
}

const char *explain_field(const struct explanation *e, const struct test *t)
{
    if (t->op == CMP_LET && t->right->kind != VALUE_LOAD)
        return "where a header begins";
    if (t->why.what == NULL || !str_equal(str_of(t->why.what), str_of("the comparison")))
        return t->why.what != NULL ? t->why.what : "";
    const struct ast *n = comparison(&e->build.parsed, t);
    const char *name = n != NULL ? access_name(n) : NULL;
    return name != NULL ? name : "bytes that the comparison names";
}

struct str explain_words(const struct explanation *e, const struct test *t)
{
    enum { WORDS_MAX = 60 };
    struct span at = t->why.at;
    if (at.end > e->text.len || at.end - at.beg > WORDS_MAX || at.beg >= at.end)
        return STR_EMPTY;
    return str_make(e->text.p + at.beg, at.end - at.beg);
}
