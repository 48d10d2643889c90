/*
 * What rtnetlink(7) says about network interfaces; private to this module.
 *
 * A netlink socket stays in the namespace in which it was made, and asking needs no privilege.
 */
#ifndef CAPTURE_NETLINK_H
#define CAPTURE_NETLINK_H

#include "base/types.h"

struct link_info {
    char name[32];
    u32 ifindex;
    u32 flags;     /* IFF_, <linux/if.h> */
    u16 arphrd;    /* ARPHRD_, <linux/if_arp.h> */
    u32 mtu;       /* bytes */
    u32 frame_max; /* bytes that a merged or unsegmented packet may have; at least the mtu */
    u64 missed;    /* packets that the device or its driver had to drop */
};

/* A socket, or -1 with errno. */
int netlink_open(void);

/*
 * Calls `each` for the interface `ifindex`, or for all in order of their number when it is 0.
 * False with errno when the kernel did not answer, ENODEV when there is no such interface.
 */
bool netlink_links(int fd, u32 ifindex, void (*each)(void *context, const struct link_info *link),
                   void *context);

#endif
