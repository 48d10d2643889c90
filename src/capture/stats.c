/* Counting what was captured and what was lost. */
#include "capture/live.h"

#include <sys/socket.h>

#include "capture/netlink.h"

/* The kernel starts counting anew each time it is asked. */
void live_count(struct live *l)
{
    struct tpacket_stats_v3 counted = { 0 };
    socklen_t size = sizeof(counted); /* older versions fill less of it */
    if (getsockopt(l->fd, SOL_PACKET, PACKET_STATISTICS, &counted, &size) < 0)
        return;
    l->counted_at = l->ring.turned;
    l->stats.received += counted.tp_packets;
    l->stats.dropped += counted.tp_drops;
    l->base.losing |= counted.tp_drops > 0;
}

static void take_missed(void *context, const struct link_info *link)
{
    struct live *l = context;
    if (link->missed >= l->missed_before)
        l->stats.dropped_by_interface = link->missed - l->missed_before;
}

bool live_stats(struct source *s, u32 interface, struct source_stats *stats)
{
    struct live *l = (struct live *)s;

    (void)interface; /* there is one */
    live_count(l);
    if (l->interface.ifindex != 0 && !l->vanished)
        netlink_links(l->netlink, l->interface.ifindex, take_missed, l);
    s->losing = false;
    *stats = l->stats;
    return true;
}
