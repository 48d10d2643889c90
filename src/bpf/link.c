/* The rows of link.def. */
#include "bpf/layout.h"

#include "base/linktype.h"

#define NOWHERE 0xfffffffeu
#define VLAN    FEATURE_VLAN
#define MPLS    FEATURE_MPLS
#define LLC     FEATURE_LLC
#define WLAN    FEATURE_WLAN
#define ATM     FEATURE_ATM
#define SS7     FEATURE_SS7
#define PF      FEATURE_PF
#define IFINDEX FEATURE_IFINDEX

static const struct link_row rows[] = {
#define LINK(id, spell, before, hdr, typ, pay, net, iso, address, dir, has) \
    { .linktype = LINKTYPE_##id, .spelling = SPELL_##spell, .prefix = PREFIX_##before, \
      .addresses = ADDRESSES_##address, .direction = DIRECTION_##dir, .features = has, .header = hdr, \
      .type = typ, .payload = pay, .network = net, .osi = (u32)(iso) },
#include "bpf/link_rows.def"
#undef LINK
};

const struct link_row *link_find(u32 linktype, struct link_row *fallback)
{
    for (size_t i = 0; i < countof(rows); i++)
        if (rows[i].linktype == linktype)
            return &rows[i];
    *fallback = (struct link_row){ .linktype = (u16)linktype, .spelling = SPELL_NONE };
    return fallback;
}
