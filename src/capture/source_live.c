/*
 * Opening and closing a live interface.
 *
 * The order makes the first packet an accepted one: the socket starts without a protocol, gets a
 * filter that rejects everything, then its ring, and only then is bound.  live_attach() opens it.
 */
#include "capture/source_live.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/format.h"
#include "capture/failure.h"
#include "capture/hardware.h"
#include "capture/iface.h"
#include "capture/live.h"
#include "capture/merge.h"
#include "capture/netlink.h"
#include "capture/netns.h"

#ifndef PACKET_IGNORE_OUTGOING
#define PACKET_IGNORE_OUTGOING 23 /* Linux 4.20 */
#endif

enum {
    LINK_HEADER_MAX = 64, /* bytes before what an MTU counts: addresses, tags, radio headers */
    /* With what the kernel leaves anyway, this makes room for what a savefile puts before a packet. */
    RECORD_SPARE = 4,
};

struct live_options live_options_for(const char *device)
{
    return (struct live_options){ .device = device,
                                  .snaplen = SNAPLEN_MAX,
                                  .promiscuous = true,
                                  .latency_ms = LIVE_LATENCY_RELAXED_MS,
                                  .linktype = LIVE_LINKTYPE_NATURAL };
}

/* What opening knows about the device beside what `struct live` keeps. */
struct opening {
    struct live *l;
    const char *device; /* as given, or found by its number */
    char found[32];
    struct link_info link; /* of the device; for `any` the largest of all */
    bool cooked;
    char *failure;
};

/* -- which device ----------------------------------------------------------------------------- */

static bool is_any(const char *device) { return strcmp(device, "any") == 0; }

static u32 index_of(int fd, const char *name)
{
    struct ifreq request;
    if (strlen(name) >= IFNAMSIZ)
        return 0;
    memset(&request, 0, sizeof(request));
    memcpy(request.ifr_name, name, strlen(name));
    return ioctl(fd, SIOCGIFINDEX, &request) < 0 ? 0 : (u32)request.ifr_ifindex;
}

/* `device` is no interface's name.  It may be a number of the list. */
static bool find_by_number(struct opening *o)
{
    struct iface_list list;
    struct source_failure why;
    u64 number = 0;
    if (strspn(o->device, "0123456789") != strlen(o->device) || o->device[0] == '\0')
        return fail(o->failure, "%s: No such device exists\n(No such device exists)", o->device);
    if (!iface_list(&list, &why))
        return fail(o->failure, "%s", why.text);
    u32 n = list.n;
    bool found = str_to_u64(str_of(o->device), n, &number) && number > 0;
    if (found)
        memcpy(o->found, list.items[number - 1].name, sizeof(o->found));
    iface_list_free(&list);
    if (!found && strspn(o->device, "0") == strlen(o->device))
        return fail(o->failure, "Invalid adapter index %s", o->device);
    if (!found)
        return fail(o->failure, "Invalid adapter index %s: only %u interfaces found", o->device, n);
    o->device = o->found;
    return true;
}

static bool find_device(struct opening *o, int fd)
{
    struct live *l = o->l;
    l->loopback_ifindex = index_of(fd, "lo");
    if (!is_any(o->device))
        l->interface.ifindex = index_of(fd, o->device);
    if (is_any(o->device) || l->interface.ifindex != 0)
        return true;
    if (!find_by_number(o))
        return false;
    if (!is_any(o->device))
        l->interface.ifindex = index_of(fd, o->device);
    return true;
}

static void widest(void *context, const struct link_info *link)
{
    struct link_info *most = context;
    if (most->frame_max <= link->frame_max)
        *most = *link;
}

static void take_link(void *context, const struct link_info *link)
{
    struct link_info *to = context;
    *to = *link;
}

static bool ask_about_device(struct opening *o)
{
    struct live *l = o->l;
    l->netlink = netlink_open();
    bool any = is_any(o->device);
    if (l->netlink < 0 ||
        !netlink_links(l->netlink, l->interface.ifindex, any ? widest : take_link, &o->link))
        return fail(o->failure, "%s: can't ask about the interface: %s", o->device,
                    strerror(errno));
    l->missed_before = any ? 0 : o->link.missed;
    return true;
}

/* -- link type -------------------------------------------------------------------------------- */

static struct hardware hardware_for(const struct opening *o)
{
    return hardware_of(is_any(o->device) ? ARPHRD_VOID : o->link.arphrd);
}

static bool offers(const struct hardware *hardware, int linktype)
{
    for (u32 i = 0; i < hardware->count; i++)
        if (hardware->linktypes[i] == linktype)
            return true;
    return false;
}

static void warn(const struct live *l, const char *text)
{
    if (l->options.warn)
        l->options.warn(l->options.context, text);
}

static bool choose_linktype(struct opening *o)
{
    struct live *l = o->l;
    struct hardware hardware = hardware_for(o);
    bool any = is_any(o->device);
    int wanted = l->options.linktype;
    char text[SOURCE_ERROR_MAX];
    if (wanted == LIVE_LINKTYPE_NATURAL) {
        wanted = any ? LINKTYPE_LINUX_SLL2 : hardware.linktypes[0];
    } else if (!offers(&hardware, wanted)) {
        const struct linktype_info *info = linktype_info((u32)wanted);
        return info ? fail(o->failure, "%s is not one of the DLTs supported by this device",
                           linktype_name(info))
                    : fail(o->failure, "DLT %d is not one of the DLTs supported by this device",
                           wanted);
    }
    if (!hardware.known && !any) {
        fail(text, "arptype %u not supported - falling back to cooked socket", o->link.arphrd);
        warn(l, text);
    }
    o->cooked = hardware.cooked;
    l->base.linktype = (u16)wanted;
    l->framing = framing_of((u16)wanted, o->cooked);
    return true;
}

static bool in_monitor_mode(u16 arphrd)
{
    return arphrd == ARPHRD_IEEE80211 || arphrd == ARPHRD_IEEE80211_PRISM ||
           arphrd == ARPHRD_IEEE80211_RADIOTAP;
}

/* A cooked packet has at least one byte behind its header; as tcpdump, behind that of version 2. */
static void choose_snaplen(struct live *l)
{
    static const u32 least = SLL2_BYTES + 1;
    bool cooked = framing_header_bytes(l->framing) > 0;
    u32 snaplen = l->options.snaplen;
    l->base.snaplen = cooked && snaplen < least ? least : snaplen;
}

/* -- the socket ------------------------------------------------------------------------------- */

/* Why a packet socket cannot be made, and what would help. */
static bool fail_permission(struct opening *o)
{
    char path[1024];
    ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);
    path[n > 0 ? n : 0] = '\0';
    return fail(o->failure,
                "%s: You don't have permission to perform this capture on that device\n"
                "(Attempt to create packet socket failed - CAP_NET_RAW may be required)\n"
                "(grant it with: sudo setcap cap_net_raw+ep %s   in a container: --cap-add NET_RAW)",
                o->device, n > 0 ? path : "snifter");
}

static bool open_socket(struct opening *o, int type)
{
    struct live *l = o->l;
    if (l->fd >= 0)
        close(l->fd);
    l->fd = socket(AF_PACKET, type | SOCK_CLOEXEC, 0);
    if (l->fd >= 0)
        return true;
    if (errno == EPERM || errno == EACCES)
        return fail_permission(o);
    return fail(o->failure, "%s: can't create packet socket: %s", o->device, strerror(errno));
}

static bool open_ring(struct opening *o)
{
    struct live *l = o->l;
    const struct live_options *options = &l->options;
    u64 frame_max = (u64)o->link.frame_max + LINK_HEADER_MAX;
    struct ring_wish wish = {
        .version = options->ring_version ? options->ring_version : TPACKET_V3,
        .buffer_bytes = options->buffer_bytes ? options->buffer_bytes : LIVE_BUFFER_DEFAULT,
        .frame_max = frame_max < l->base.snaplen ? (u32)frame_max : l->base.snaplen,
        .latency_ms = options->latency_ms,
        .headroom = framing_header_bytes(l->framing) + VLAN_TAG_BYTES + RECORD_SPARE,
    };
    bool opened = ring_open(&l->ring, l->fd, &wish);
    if (!opened && errno == EINVAL && wish.version == TPACKET_V3) {
        wish.version = TPACKET_V2;
        opened = ring_open(&l->ring, l->fd, &wish);
    }
    return opened || fail(o->failure, "%s: can't create rx ring on packet socket: %s", o->device,
                          strerror(errno));
}

/* Outgoing packets cost the sender a copy each: when nobody wants them, none should be made. */
static void ignore_outgoing(const struct live *l)
{
    int on = 1;
    bool loopback = l->interface.ifindex != 0 && l->interface.ifindex == l->loopback_ifindex;
    if (loopback || l->options.direction == LIVE_IN)
        setsockopt(l->fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &on, sizeof(on));
}

/*
 * Has the kernel stamp each packet once, on arrival.  Otherwise every packet socket stamps it when
 * its turn comes, and two capturers see different times.
 */
static void stamp_on_arrival(const struct live *l)
{
    int on = 1;
    setsockopt(l->fd, SOL_SOCKET, SO_TIMESTAMP, &on, sizeof(on));
}

static bool set_promiscuous(struct opening *o)
{
    struct live *l = o->l;
    struct packet_mreq request = { .mr_ifindex = (int)l->interface.ifindex,
                                   .mr_type = PACKET_MR_PROMISC };
    if (!l->options.promiscuous || is_any(o->device))
        return true;
    if (setsockopt(l->fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &request, sizeof(request)) == 0)
        return true;
    return fail(o->failure, "%s: can't switch to promiscuous mode: %s", o->device, strerror(errno));
}

/* From here on the kernel shows us packets, which the filter rejects. */
static bool bind_socket(struct opening *o)
{
    struct live *l = o->l;
    struct sockaddr_ll address = { .sll_family = AF_PACKET,
                                   .sll_ifindex = (int)l->interface.ifindex,
                                   .sll_protocol = htons(ETH_P_ALL) };
    int error = 0;
    socklen_t size = sizeof(error);
    if (bind(l->fd, (struct sockaddr *)&address, sizeof(address)) < 0 ||
        getsockopt(l->fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0)
        error = errno;
    if (error == ENETDOWN)
        return fail(o->failure, "%s: That device is not up", o->device);
    if (error == ENODEV)
        return fail(o->failure, "%s: No such device exists\n(No such device exists)", o->device);
    return error == 0 || fail(o->failure, "%s: can't bind: %s", o->device, strerror(error));
}

static void name_interface(struct opening *o)
{
    struct live *l = o->l;
    struct out name = out_fixed(l->interface.name, sizeof(l->interface.name) - 1);
    out_text_z(&name, o->device);
    if (l->options.netns) {
        const char *slash = strrchr(l->options.netns, '/');
        out_char(&name, '@');
        out_text_z(&name, slash ? slash + 1 : l->options.netns);
    }
    l->interface.linktype = l->base.linktype;
    l->interface.snaplen = l->base.snaplen;
}

/* The steps before the socket is bound, shared by opening and by asking for link types. */
static bool prepare(struct opening *o)
{
    /* The first socket is for asking, and for the answer about permission. */
    return open_socket(o, SOCK_RAW) && find_device(o, o->l->fd) && ask_about_device(o);
}

static bool open_device(struct opening *o)
{
    struct live *l = o->l;
    if (!prepare(o))
        return false;
    if (l->options.monitor && !in_monitor_mode(o->link.arphrd))
        return fail(o->failure, "%s: That device doesn't support monitor mode", o->device);
    if (!choose_linktype(o) || (o->cooked && !open_socket(o, SOCK_DGRAM)))
        return false;
    choose_snaplen(l);
    name_interface(o);
    if (!live_reject_all(l->fd))
        return fail(o->failure, "%s: can't install a filter: %s", o->device, strerror(errno));
    ignore_outgoing(l);
    stamp_on_arrival(l);
    return open_ring(o) && live_clock_select(l, o->device) && set_promiscuous(o) && bind_socket(o);
}

static bool in_namespace(struct opening *o, bool (*work)(struct opening *))
{
    int back = -1;
    const char *netns = o->l->options.netns;
    if (netns && !netns_enter(netns, &back, o->failure))
        return false;
    bool done = work(o);
    if (netns && !netns_leave(back, o->failure))
        return false;
    return done;
}

/* -- the face --------------------------------------------------------------------------------- */

static void live_close(struct source *s)
{
    struct live *l = (struct live *)s;
    ring_close(&l->ring);
    if (l->fd >= 0)
        close(l->fd);
    if (l->netlink >= 0)
        close(l->netlink);
    free(l);
}

static const struct source_ops live_ops = {
    .next = live_next,
    .wait = live_wait,
    .attach = live_attach,
    .stop = live_stop,
    .stats = live_stats,
    .close = live_close,
};

static struct live *new_live(const struct live_options *options)
{
    struct live *l = calloc(1, sizeof(*l));
    if (!l)
        return NULL;
    l->base.ops = &live_ops;
    l->base.live = true;
    l->base.nanoseconds = true;
    l->base.interfaces = &l->interface;
    l->base.interface_count = 1;
    l->base.fd = -1;
    l->base.patience_ms = -1;
    l->options = *options;
    l->fd = -1;
    l->netlink = -1;
    return l;
}

struct source *source_live_open(const struct live_options *options, struct source_failure *failure)
{
    struct live *l = new_live(options);
    if (!l) {
        fail(failure->text, "out of memory");
        return NULL;
    }
    struct opening o = { .l = l, .device = options->device, .failure = failure->text };
    if (!in_namespace(&o, open_device)) {
        live_close(&l->base);
        return NULL;
    }
    iface_names_open(&l->names, l->fd);
    l->base.fd = l->fd;
    l->options.device = l->options.netns = NULL;
    return &l->base;
}

struct str source_live_ifname(struct source *s, u32 interface, u32 ifindex)
{
    if (s->ops != &live_ops)
        s = source_merge_part(s, interface);
    struct live *l = (struct live *)s;
    return iface_names_get(&l->names, ifindex);
}

/* -- questions without a capture -------------------------------------------------------------- */

u32 iface_linktypes(const struct live_options *options, u16 *linktypes, u32 max,
                    struct source_failure *failure)
{
    struct live *l = new_live(options);
    struct opening o = { .l = l, .device = options->device, .failure = failure->text };
    u32 n = 0;
    if (!l) {
        fail(failure->text, "out of memory");
        return 0;
    }
    if (in_namespace(&o, prepare)) {
        struct hardware hardware = hardware_for(&o);
        for (; n < hardware.count && n < max; n++)
            linktypes[n] = hardware.linktypes[n];
    }
    live_close(&l->base);
    return n;
}

u32 iface_clocks(const char *device, struct source_failure *failure)
{
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        fail(failure->text, "can't open a socket: %s", strerror(errno));
        return 0;
    }
    u32 found = live_clocks(fd, device);
    close(fd);
    return found;
}
