/* Encapsulations: what they test, and where headers are behind them. */
#include "base/ethertype.h"
#include "bpf/lower.h"

enum { VLAN_TAG = 4, VLAN_ID_MASK = 0x0fff };

static const struct test *vlan(struct lower *l, const struct layout *at, const struct ast *n, struct exits to)
{
    if ((at->link->features & FEATURE_VLAN) == 0)
        return lower_fail(l, "no VLAN support for %s", l->link_name);
    if (n->encap.has_number)
        to.yes = lower_field(l, at->payload, 0, 2, VLAN_ID_MASK, n->encap.number, to, "VLAN identifier");
    to.no = lower_type(l, at, ETHERTYPE_8021Q9100, to);
    to.no = lower_type(l, at, ETHERTYPE_8021QINQ, to);
    return lower_type(l, at, ETHERTYPE_8021Q, to);
}

const struct test *lower_encap(struct lower *l, const struct layout *at, const struct ast *n, struct exits to)
{
    switch (n->encap.kind) {
    case ENCAP_VLAN: return vlan(l, at, n, to);
    case ENCAP_PPPOED: return lower_type(l, at, ETHERTYPE_PPPOED, to);
    default: return lower_fail(l, "not supported yet");
    }
}

struct layout lower_encap_layout(struct lower *l, const struct layout *at, const struct ast *n)
{
    struct layout next = *at;
    (void)l;
    if (n->kind == AST_ENCAP && n->encap.kind == ENCAP_VLAN) {
        next.type = place_add(at->type, VLAN_TAG);
        next.payload = place_add(at->payload, VLAN_TAG);
        next.vlans++;
    }
    return next;
}
