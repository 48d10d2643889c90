/*
 * The machine's interfaces: their list as -D shows it, numbers, link types, time stamp types.
 * Everything is asked through netlink and ioctl, so it is true in the present network namespace
 * whatever is mounted at /sys, and needs no privilege.
 */
#ifndef CAPTURE_IFACE_H
#define CAPTURE_IFACE_H

#include "base/linktype.h"
#include "base/types.h"
#include "capture/source_live.h"

enum iface_flag {
    IFACE_UP = 1,
    IFACE_RUNNING = 2,
    IFACE_LOOPBACK = 4,
    IFACE_WIRELESS = 8,
    IFACE_CONNECTED = 16,    /* a cable or an access point is there */
    IFACE_DISCONNECTED = 32, /* it is not; neither flag: unknown, or it means nothing here */
};

struct iface {
    char name[32];
    const char *text; /* description, NULL when it has none; static */
    u32 flags;        /* enum iface_flag */
    u32 ifindex;      /* 0 for `any` */
    u16 arphrd;       /* ARPHRD_ number of <linux/if_arp.h> */
    u32 mtu;          /* bytes */
    u32 frame_max;    /* bytes; the largest packet that offloading may hand over */
};

struct iface_list {
    struct iface *items; /* owned */
    u32 n;
};

/*
 * Fills `list` in the order of -D, the default device first; `any` is one of them.
 * False with a reason; the list is then empty.
 */
bool iface_list(struct iface_list *list, struct source_failure *failure);

void iface_list_free(struct iface_list *list);

/*
 * One line of -D without newline, e.g. `3.lo [Up, Running, Loopback]`, into `to`; `number` counts
 * from 1.  Returns its length; what exceeds `size` - 1 is cut.
 */
size_t iface_line(const struct iface *iface, u32 number, char *to, size_t size);

/*
 * Names for the kernel's interface numbers, asked anew about once a second at most: interfaces
 * come and go, and packets of one are many.
 */
struct iface_names {
    int fd; /* any socket of the namespace; not owned */
    struct {
        u32 ifindex;
        i64 asked_ms; /* monotonic */
        char name[32];
    } slots[64];
};

/* `fd` is a socket in whose namespace the names are; -1: the present one, asked with a socket of
 * its own, which is opened now and stays open. */
void iface_names_open(struct iface_names *names, int fd);

/* "" when there is none.  Valid until the next call. */
struct str iface_names_get(struct iface_names *names, u32 ifindex);

/* The link types that -y accepts for the options' device, in the order of -L.  Returns how many,
 * at most `max`; 0 with a reason. */
u32 iface_linktypes(const struct live_options *options, u16 *linktypes, u32 max,
                    struct source_failure *failure);

/* Time stamp types by name, as -j and -J spell them: row `i`, or NULL past the last. */
struct clock_info {
    enum live_clock clock;
    const char *name; /* "adapter_unsynced" */
    const char *text; /* "Adapter, not synced with system time" */
};
const struct clock_info *clock_row(u32 i);

/* The types that `device` has, a bit (1 << enum live_clock) each.  0 with a reason: no such device. */
u32 iface_clocks(const char *device, struct source_failure *failure);

#endif
