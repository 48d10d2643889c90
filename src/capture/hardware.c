/*
 * From the kernel's hardware types to link types.
 *
 * Which type is taken raw and which is cooked follows what tcpdump 4.99.3 shows for an interface of
 * that type (a TUN device can be given any, TUNSETLINK).
 */
#include "capture/hardware.h"

#include <linux/if_arp.h>

/* Types that are younger than the oldest headers we build with. */
#ifndef ARPHRD_VSOCKMON
#define ARPHRD_VSOCKMON 826
#endif

#define RAW(arphrd, ...)                                                                           \
    { arphrd, true, false, sizeof((u16[]){ __VA_ARGS__ }) / sizeof(u16), { __VA_ARGS__ } }
#define COOKED(arphrd)                                                                             \
    { arphrd, true, true, 2, { LINKTYPE_LINUX_SLL, LINKTYPE_LINUX_SLL2 } }

static const struct hardware rows[] = {
    RAW(ARPHRD_ETHER, LINKTYPE_EN10MB, LINKTYPE_DOCSIS),
    RAW(ARPHRD_LOOPBACK, LINKTYPE_EN10MB),
    RAW(ARPHRD_NONE, LINKTYPE_RAW),
    COOKED(ARPHRD_PPP),
    RAW(ARPHRD_IEEE80211, LINKTYPE_IEEE802_11),
    RAW(ARPHRD_IEEE80211_PRISM, LINKTYPE_PRISM_HEADER),
    RAW(ARPHRD_IEEE80211_RADIOTAP, LINKTYPE_IEEE802_11_RADIO),
    RAW(ARPHRD_METRICOM, LINKTYPE_EN10MB),
    RAW(ARPHRD_EETHER, LINKTYPE_EN3MB),
    RAW(ARPHRD_AX25, LINKTYPE_AX25_KISS),
    RAW(ARPHRD_PRONET, LINKTYPE_PRONET),
    RAW(ARPHRD_CHAOS, LINKTYPE_CHAOS),
    RAW(ARPHRD_IEEE802, LINKTYPE_IEEE802),
    RAW(ARPHRD_IEEE802_TR, LINKTYPE_IEEE802),
    RAW(ARPHRD_ARCNET, LINKTYPE_ARCNET_LINUX),
    RAW(ARPHRD_FDDI, LINKTYPE_FDDI),
    RAW(ARPHRD_DLCI, LINKTYPE_RAW),
    RAW(ARPHRD_FRAD, LINKTYPE_FRELAY),
    RAW(ARPHRD_CISCO, LINKTYPE_C_HDLC),
    RAW(ARPHRD_RAWHDLC, LINKTYPE_RAW),
    RAW(ARPHRD_SLIP, LINKTYPE_RAW),
    RAW(ARPHRD_CSLIP, LINKTYPE_RAW),
    RAW(ARPHRD_SLIP6, LINKTYPE_RAW),
    RAW(ARPHRD_CSLIP6, LINKTYPE_RAW),
    RAW(ARPHRD_ADAPT, LINKTYPE_RAW),
    RAW(ARPHRD_TUNNEL, LINKTYPE_RAW),
    RAW(ARPHRD_SIT, LINKTYPE_RAW),
    COOKED(ARPHRD_TUNNEL6),
    COOKED(ARPHRD_IPGRE),
    COOKED(ARPHRD_IP6GRE),
    COOKED(ARPHRD_RAWIP),
    RAW(ARPHRD_LOCALTLK, LINKTYPE_LTALK),
    RAW(18, LINKTYPE_IP_OVER_FC), /* RFC 2625; <linux/if_arp.h> has no name for it */
    RAW(ARPHRD_FCPP, LINKTYPE_FC_2, LINKTYPE_FC_2_WITH_FRAME_DELIMS, LINKTYPE_IP_OVER_FC),
    RAW(ARPHRD_FCAL, LINKTYPE_FC_2, LINKTYPE_FC_2_WITH_FRAME_DELIMS, LINKTYPE_IP_OVER_FC),
    RAW(ARPHRD_FCPL, LINKTYPE_FC_2, LINKTYPE_FC_2_WITH_FRAME_DELIMS, LINKTYPE_IP_OVER_FC),
    RAW(ARPHRD_FCFABRIC, LINKTYPE_FC_2, LINKTYPE_FC_2_WITH_FRAME_DELIMS, LINKTYPE_IP_OVER_FC),
    RAW(ARPHRD_CAN, LINKTYPE_CAN_SOCKETCAN),
    RAW(ARPHRD_IEEE802154, LINKTYPE_IEEE802_15_4_NOFCS),
    COOKED(ARPHRD_INFINIBAND),
    COOKED(ARPHRD_6LOWPAN),
    /* These two carry the cooked header of version 1 under a name of their own. */
    { ARPHRD_NETLINK, true, true, 1, { LINKTYPE_NETLINK } },
    RAW(ARPHRD_VSOCKMON, LINKTYPE_VSOCK),
};

struct hardware hardware_of(u16 arphrd)
{
    for (size_t i = 0; i < countof(rows); i++)
        if (rows[i].arphrd == arphrd)
            return rows[i];
    struct hardware unknown = COOKED(0);
    unknown.arphrd = arphrd;
    unknown.known = false;
    return unknown;
}
