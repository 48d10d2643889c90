/* The negotiations of IKE version 1: a ring of the last ones. */
#include "print/state/isakmp_peers.h"

#include "base/mem.h"

static enum isakmp_side side_of(const struct isakmp_hosts *known, const struct isakmp_hosts *hosts)
{
    u32 n = hosts->version == 4 ? 4 : 16;

    if (hosts->version == 0 || known->version != hosts->version)
        return ISAKMP_UNKNOWN;
    if (memcmp(hosts->src, known->src, n) == 0)
        return ISAKMP_INITIATOR;
    return memcmp(hosts->src, known->dst, n) == 0 ? ISAKMP_RESPONDER : ISAKMP_UNKNOWN;
}

enum isakmp_side isakmp_sender(struct isakmp_peers *p, const u8 cookie[ISAKMP_COOKIE_LEN],
                               const struct isakmp_hosts *hosts, bool first)
{
    for (u32 i = 0; i < ISAKMP_PEERS_MAX; i++)
        if (memcmp(p->entries[i].cookie, cookie, ISAKMP_COOKIE_LEN) == 0)
            return side_of(&p->entries[i].hosts, hosts);
    if (!first)
        return ISAKMP_UNKNOWN;
    if (hosts->version != 0) {
        memcpy(p->entries[p->next].cookie, cookie, ISAKMP_COOKIE_LEN);
        p->entries[p->next].hosts = *hosts;
        p->next = (p->next + 1) % ISAKMP_PEERS_MAX;
    }
    return ISAKMP_INITIATOR;
}
